using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Scheduling;

/// <summary>
/// The values between two layers, for a whole minibatch, and their gradient. Layers that work in place share one. While a network is compiled, the
/// layers around an activation request the margins they need; then it is allocated.
/// </summary>
internal sealed unsafe class Activation : IDisposable
{
    private readonly int paddedChannels;
    private Margins margins, gradientMargins;
    private Size2D gradientDilation = 1;

    internal Activation(Shape shape, int pixelStride)
    {
        Shape = shape;
        paddedChannels = pixelStride;
    }

    /// <summary>the image or vector as laid out in memory (a flattened image keeps its image shape).</summary>
    internal Shape Shape { get; }

    /// <summary>True if the values are results of a ReLU, so that every gradient written here is 0 where they are 0.</summary>
    internal bool IsRectified { get; set; }

    /// <summary>True if a layer before it has trainable parameters.</summary>
    internal bool NeedsGradient { get; set; } = true;

    /// <summary>The values.</summary>
    internal BatchImages ValueImages { get; } = new();

    /// <summary>The gradients.</summary>
    internal BatchImages GradientImages { get; } = new();

    /// <summary>Layout of the values, after <see cref="Allocate"/>.</summary>
    internal ImageLayout Values => ValueImages.Layout;

    /// <summary>Layout of the gradients, after <see cref="Allocate"/>.</summary>
    internal ImageLayout Gradients => GradientImages.Layout;

    /// <summary>Floats per pixel, including padding.</summary>
    internal int PaddedChannels => paddedChannels;

    /// <summary>Asks for zeros around the values, as a following convolution does.</summary>
    internal void RequireMargins(Margins required) => margins = Union(margins, required);

    /// <summary>Asks for zeros around and between the gradients, as the convolution that produces the values does.</summary>
    internal void RequireGradientMargins(Margins required, Size2D dilation)
    {
        gradientMargins = Union(gradientMargins, required);
        gradientDilation = dilation;
    }

    /// <summary>Allocates memory for <paramref name="batchSize"/> samples, once all phases that use it are known.</summary>
    internal void Allocate(int batchSize)
    {
        ValueImages.Allocate(ImageLayout.Create(Shape.Height, Shape.Width, Shape.Channels, paddedChannels, margins, 1), batchSize);
        if (!NeedsGradient) return;
        GradientImages.Allocate(
            ImageLayout.Create(Shape.Height, Shape.Width, Shape.Channels, paddedChannels, gradientMargins, gradientDilation), batchSize);
    }

    /// <summary>Pixel (0, 0) of a sample.</summary>
    internal float* ValuesOf(int sample) => ValueImages.Of(sample);

    /// <summary>The gradient of pixel (0, 0) of a sample.</summary>
    internal float* GradientsOf(int sample) => GradientImages.Of(sample);

    /// <summary>Sets a sample's gradient to 0.</summary>
    internal void ClearGradients(int sample) => new Span<float>(GradientsOf(sample) - Gradients.Origin, Gradients.SampleStride).Clear();

    public void Dispose()
    {
        ValueImages.Dispose();
        GradientImages.Dispose();
    }

    private static Margins Union(Margins a, Margins b) =>
        new(Math.Max(a.Top, b.Top), Math.Max(a.Left, b.Left), Math.Max(a.Bottom, b.Bottom), Math.Max(a.Right, b.Right));
}
