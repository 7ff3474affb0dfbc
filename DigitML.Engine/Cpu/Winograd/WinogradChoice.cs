using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Says for which convolutions minimal filtering pays, and with which tile.</summary>
internal static class WinogradChoice
{
    // With fewer channels a point's matrix product is too short to pay for the transforms.
    private const int LeastChannels = 32;

    // Transforms cost about as much as this many channels of products, in and out.
    private const double TransformChannels = 12;

    /// <summary>The tile that costs least, or null where the direct convolution does.</summary>
    internal static WinogradTile? Tile(Conv2D layer, Shape output, int inputs, int outputs, NumericMode mode, bool isForward)
    {
        (int kh, int kw) = layer.KernelSize;
        if (mode == NumericMode.Exact || kh != kw || layer.Stride != 1 || Math.Min(inputs, outputs) < LeastChannels) return null;
        int[] sizes = mode == NumericMode.Fast || !isForward ? [7, 6, 4, 2] : [4, 2];
        double leastCost = (double)output.Height * output.Width * kh * kw;
        WinogradTile? best = null;
        foreach (int size in sizes)
        {
            if (WinogradTile.Find(size, kh) is not { } tile) continue;
            double cost = CostOf(tile, output, inputs, outputs);
            if (cost < leastCost) (best, leastCost) = (tile, cost);
        }

        return best;
    }

    private static double CostOf(WinogradTile tile, Shape output, int inputs, int outputs)
    {
        int down = (output.Height + tile.Outputs - 1) / tile.Outputs, across = (output.Width + tile.Outputs - 1) / tile.Outputs;
        return (double)down * across * tile.Points * tile.Points * (1 + TransformChannels / inputs + TransformChannels / outputs);
    }
}
