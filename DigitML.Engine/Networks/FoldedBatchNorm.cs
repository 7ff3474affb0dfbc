using System.Collections.Immutable;

namespace DigitML.Engine.Networks;

/// <summary>A trained batch norm as a factor and an offset per channel, y = factor · x + offset: its running statistics, gamma and beta combined.</summary>
internal sealed record FoldedBatchNorm(double[] Factors, double[] Offsets)
{
    /// <summary>Combines the batch norm at <paramref name="layerIndex"/>.</summary>
    internal static FoldedBatchNorm Of(NetworkWeights weights, int layerIndex)
    {
        ImmutableArray<WeightTensor> tensors = weights.OfLayer(layerIndex);
        return Of((BatchNorm)weights.Network.Layers[layerIndex].Layer, name => tensors.FirstOrDefault(tensor => tensor.Spec.Name == name)?.Values);
    }

    /// <summary>Combines a batch norm of the inference form.</summary>
    internal static FoldedBatchNorm Of(InferenceLayer batchNorm)
    {
        string[] names = [.. batchNorm.Source.Parameters.Select(spec => spec.Name)];
        return Of((BatchNorm)batchNorm.Source.Layer, name => batchNorm.Values.ElementAtOrDefault(Array.IndexOf(names, name)));
    }

    /// <summary>The convolution or dense layer with this batch norm folded in after it; null for other layers.</summary>
    internal InferenceLayer? AfterLinear(InferenceLayer layer)
    {
        if (layer.Source.Layer is not (Conv2D or Dense)) return null;
        float[] weight = layer.Values[0], newWeight = new float[weight.Length], newBias = new float[Factors.Length];
        int fanIn = weight.Length / Factors.Length;
        for (int o = 0; o < Factors.Length; o++)
        {
            for (int i = o * fanIn; i < (o + 1) * fanIn; i++) newWeight[i] = (float)(Factors[o] * weight[i]);
            double bias = layer.Values.Length > 1 ? layer.Values[1][o] : 0;
            newBias[o] = (float)(Factors[o] * bias + Offsets[o]);
        }

        return layer with { Values = [newWeight, newBias], IsFolded = true };
    }

    /// <summary>
    /// The convolution or dense layer with this batch norm folded in before it; null for other layers, and for a convolution with padding,
    /// whose zeros are added after the batch norm and would have to become other values.
    /// </summary>
    internal InferenceLayer? BeforeLinear(InferenceLayer layer)
    {
        Shape input = layer.Source.InputShape;
        bool isExact = layer.Source.Layer switch
        {
            Conv2D conv => conv.Padding.Resolve(input.Height, input.Width, conv.KernelSize, conv.Stride) == default,
            Dense => true,
            _ => false,
        };
        if (!isExact) return null;
        float[] weight = layer.Values[0], newWeight = new float[weight.Length];
        int channels = Factors.Length, outputs = layer.Source.OutputShape.Channels, window = weight.Length / (outputs * channels);
        var newBias = new float[outputs];
        for (int o = 0; o < outputs; o++)
        {
            double bias = layer.Values.Length > 1 ? layer.Values[1][o] : 0;
            for (int c = 0; c < channels; c++)
            {
                for (int k = 0; k < window; k++)
                {
                    int i = (o * channels + c) * window + k;
                    newWeight[i] = (float)(weight[i] * Factors[c]);
                    bias += weight[i] * Offsets[c];
                }
            }

            newBias[o] = (float)bias;
        }

        return layer with { Values = [newWeight, newBias], IsFolded = true };
    }

    private static FoldedBatchNorm Of(BatchNorm layer, Func<string, float[]?> valuesOf)
    {
        float[] mean = valuesOf("running_mean")!, variance = valuesOf("running_var")!;
        float[]? gamma = valuesOf("gamma"), beta = valuesOf("beta");
        var factors = new double[mean.Length];
        var offsets = new double[mean.Length];
        for (int c = 0; c < mean.Length; c++)
        {
            factors[c] = (gamma?[c] ?? 1.0) / Math.Sqrt((double)variance[c] + layer.Epsilon);
            offsets[c] = (beta?[c] ?? 0.0) - mean[c] * factors[c];
        }

        return new FoldedBatchNorm(factors, offsets);
    }
}
