using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Batch norm with its running statistics: y = Scale · x + Offset for each channel.</summary>
internal readonly record struct ChannelMap(double[] Scale, double[] Offset)
{
    /// <summary>The map of a batch norm layer.</summary>
    internal static ChannelMap Of(BatchNorm layer, NetworkWeights weights, int layerIndex)
    {
        float[] Tensor(string name) => weights.OfLayer(layerIndex).Single(tensor => tensor.Spec.Name == name).Values;
        float[] mean = Tensor("running_mean"), variance = Tensor("running_var");
        var scale = new double[mean.Length];
        var offset = new double[mean.Length];
        for (int c = 0; c < mean.Length; c++)
        {
            scale[c] = (layer.Scale ? Tensor("gamma")[c] : 1) / Math.Sqrt((double)variance[c] + layer.Epsilon);
            offset[c] = (layer.Center ? Tensor("beta")[c] : 0) - scale[c] * mean[c];
        }

        return new ChannelMap(scale, offset);
    }
}
