using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Decides for which convolutions minimal filtering is faster, and with which tile: from the shape and the limits alone.</summary>
internal static class WinogradChoice
{
    // With fewer channels most of each vector that a transform works on is padding.
    private const int LeastChannels = 8;

    // Measured on 512-bit vectors, in multiply-adds of a vector: a transform of a tile with n points along its side costs about this times n³ for each
    // vector of channels; products and direct convolution take this many times as long as at the arithmetic peak.
    private const double TransformCost = 1.6, ProductOverhead = 1.25, DirectOverhead = 1.4;

    private const int NominalLanes = 16;

    /// <summary>The cheapest tile, or null if direct convolution is cheaper.</summary>
    internal static WinogradTile? Tile(Conv2D layer, Shape output, int inputs, int outputs, WinogradLimits limits, bool isForward)
    {
        (int kh, int kw) = layer.KernelSize;
        double largestError = isForward ? limits.Forward : limits.Backward;
        if (largestError == 0 || kh != kw || layer.Stride != 1 || Math.Min(inputs, outputs) < LeastChannels) return null;
        double leastCost = (double)output.Height * output.Width * kh * kw * Products(inputs, outputs, isForward) * DirectOverhead;
        int best = 0;
        foreach (int size in WinogradTile.Sizes(kh, largestError))
        {
            double cost = CostOf(size, kh, output, inputs, outputs, isForward);
            if (cost < leastCost) (best, leastCost) = (size, cost);
        }

        return best == 0 ? null : WinogradTile.Find(best, kh);
    }

    private static double CostOf(int size, int taps, Shape output, int inputs, int outputs, bool isForward)
    {
        int down = (output.Height + size - 1) / size, across = (output.Width + size - 1) / size, points = size + taps - 1;
        double products = (double)points * points * Products(inputs, outputs, isForward) * ProductOverhead;

        // Forward transforms inputs to points and outputs back; backward transforms both to points and input gradients back.
        int transforms = (isForward ? 1 : 2) * Vectors(inputs) + Vectors(outputs);
        return down * across * (products + TransformCost * Math.Pow(points, 3) * transforms);
    }

    // Vector multiply-adds for one position of the window or one point of a tile: one product forward, two backward.
    private static double Products(int inputs, int outputs, bool isForward) =>
        isForward ? inputs * Vectors(outputs) : inputs * Vectors(outputs) + outputs * Vectors(inputs);

    private static int Vectors(int channels) => (channels + NominalLanes - 1) / NominalLanes;
}
