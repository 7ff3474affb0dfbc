using DigitML.Engine.Networks;

namespace DigitML.Model.Networks;

/// <summary>A trained batch norm as a factor and an offset per channel, y = factor · x + offset, ready to be folded into a layer beside it.</summary>
internal sealed class FoldedBatchNorm(double[] factors, double[] offsets)
{
    /// <summary>Computes the factors and offsets from a batch norm's running statistics, gamma and beta.</summary>
    internal static FoldedBatchNorm Of(InferenceLayer batchNorm)
    {
        float epsilon = ((BatchNorm)batchNorm.Source.Layer).Epsilon;
        float[]? Values(string name)
        {
            int index = batchNorm.Source.Parameters.ToList().FindIndex(spec => spec.Name == name);
            return index < 0 ? null : batchNorm.Values[index];
        }

        float[] mean = Values("running_mean")!, variance = Values("running_var")!;
        float[]? gamma = Values("gamma"), beta = Values("beta");
        var factors = new double[mean.Length];
        var offsets = new double[mean.Length];
        for (int c = 0; c < mean.Length; c++)
        {
            factors[c] = (gamma?[c] ?? 1.0) / Math.Sqrt((double)variance[c] + epsilon);
            offsets[c] = (beta?[c] ?? 0.0) - mean[c] * factors[c];
        }

        return new FoldedBatchNorm(factors, offsets);
    }

    /// <summary>The convolution or dense layer that does its own work and then this; null for other layers.</summary>
    internal InferenceLayer? AfterLinear(InferenceLayer layer)
    {
        if (layer.Source.Layer is not (Conv2D or Dense)) return null;
        float[] weight = layer.Values[0], newWeight = new float[weight.Length], newBias = new float[factors.Length];
        int fanIn = weight.Length / factors.Length;
        for (int o = 0; o < factors.Length; o++)
        {
            for (int i = o * fanIn; i < (o + 1) * fanIn; i++) newWeight[i] = (float)(factors[o] * weight[i]);
            double bias = layer.Values.Length > 1 ? layer.Values[1][o] : 0;
            newBias[o] = (float)(factors[o] * bias + offsets[o]);
        }

        return layer with { Values = [newWeight, newBias], IsFolded = true };
    }

    /// <summary>
    /// The convolution or dense layer that does this first and then its own work; null for other layers, and for a convolution with padding,
    /// whose zeros lie behind this and would have to become other values.
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
        int channels = factors.Length, outputs = layer.Source.OutputShape.Channels, window = weight.Length / (outputs * channels);
        var newBias = new float[outputs];
        for (int o = 0; o < outputs; o++)
        {
            double bias = layer.Values.Length > 1 ? layer.Values[1][o] : 0;
            for (int c = 0; c < channels; c++)
            {
                for (int k = 0; k < window; k++)
                {
                    int i = (o * channels + c) * window + k;
                    newWeight[i] = (float)(weight[i] * factors[c]);
                    bias += weight[i] * offsets[c];
                }
            }

            newBias[o] = (float)bias;
        }

        return layer with { Values = [newWeight, newBias], IsFolded = true };
    }
}
