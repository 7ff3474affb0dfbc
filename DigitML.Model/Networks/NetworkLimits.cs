using DigitML.Engine;
using DigitML.Engine.Networks;
using DigitML.Model.Files;

namespace DigitML.Model.Networks;

/// <summary>Bounds on a network that a file describes, so that running it cannot take unlimited memory or time.</summary>
internal static class NetworkLimits
{
    /// <summary>Maximum number of values per sample between two layers: 16 MB of floats.</summary>
    internal const int MaximumSampleSize = 1 << 22;

    /// <summary>Maximum number of values per sample in all layers together.</summary>
    internal const int MaximumTotalSize = 1 << 25;

    /// <summary>Largest kernel side, stride or padding.</summary>
    internal const int MaximumWindow = 1 << 12;

    /// <summary>Checks a network.</summary>
    /// <exception cref="DigitMLException">It is out of bounds.</exception>
    internal static void Check(Network network)
    {
        Check("The input", network.InputShape);
        long total = 0;
        foreach (NetworkLayer place in network.Layers)
        {
            Check($"Layer {place.Name}", place.OutputShape);
            total += place.OutputShape.Size;
            if (total > MaximumTotalSize)
            {
                throw new DigitMLException($"Its layers hold more than {DisplayText.Count(MaximumTotalSize, "value")} per sample, the most that DigitML supports.");
            }

            var (window, stride, padding) = place.Layer switch
            {
                Conv2D conv => (conv.KernelSize, conv.Stride, conv.Padding.Explicit),
                MaxPool2D pool => (pool.PoolSize, pool.Stride, pool.Padding.Explicit),
                AveragePool2D pool => (pool.PoolSize, pool.Stride, pool.Padding.Explicit),
                _ => default,
            };
            int sides = Math.Max(Math.Max(window.Height, window.Width), Math.Max(stride.Height, stride.Width));
            int largest = Math.Max(sides, Math.Max(Math.Max(padding.Top, padding.Left), Math.Max(padding.Bottom, padding.Right)));
            if (largest > MaximumWindow)
            {
                throw new DigitMLException(
                    $"Layer {place.Name} has a window, stride or padding of {largest}; DigitML supports up to {MaximumWindow}.");
            }
        }
    }

    /// <summary>Checks the shape of one sample.</summary>
    /// <exception cref="DigitMLException">It is out of bounds.</exception>
    internal static void Check(string what, Shape shape)
    {
        long pixels = (long)shape.Height * shape.Width;
        if (pixels > MaximumSampleSize || pixels * shape.Channels > MaximumSampleSize)
        {
            throw new DigitMLException($"{what} is {shape} per sample; DigitML supports up to {DisplayText.Count(MaximumSampleSize, "value")}.");
        }
    }
}
