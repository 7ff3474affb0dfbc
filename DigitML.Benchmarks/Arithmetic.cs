using DigitML.Engine.Networks;

namespace DigitML.Benchmarks;

/// <summary>How much arithmetic a network needs if every convolution is computed directly by its formula.</summary>
internal static class Arithmetic
{
    /// <summary>
    /// Floating-point operations (a multiply-add is two) of one sample's training step in convolutions and dense layers: the forward pass and the two
    /// gradients; the first layer has only the gradient of its weights.
    /// </summary>
    internal static double TrainingOperations(Network network)
    {
        double[] multiplyAdds = [.. network.Layers.Select(MultiplyAdds).Where(count => count > 0)];
        return 2 * (3 * multiplyAdds.Sum() - multiplyAdds[0]);
    }

    /// <summary>Multiply-adds of a layer's forward pass on one sample; 0 for layers without weights to multiply with.</summary>
    internal static double MultiplyAdds(NetworkLayer place) => place.Layer switch
    {
        Conv2D convolution => (double)place.OutputShape.Size * place.InputShape.Channels * convolution.KernelSize.Height * convolution.KernelSize.Width,
        Dense => (double)place.OutputShape.Size * place.InputShape.Size,
        _ => 0,
    };
}
