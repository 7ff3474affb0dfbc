using DigitML.Engine.Randomness;

namespace DigitML.Engine.Networks;

/// <summary>How weights are initialised. Biases start at 0, batch norm's scale and running variance at 1, its offset and running mean at 0.</summary>
public enum WeightInitializer
{
    /// <summary>Normal distribution with variance 2 / fan-in. He et al. 2015, "Delving deep into rectifiers".</summary>
    HeNormal,

    /// <summary>Uniform distribution in ± sqrt(6 / (fan-in + fan-out)). Glorot and Bengio 2010; Keras's default.</summary>
    GlorotUniform,
}

/// <summary>Initialises the weights of a network.</summary>
public static class WeightInitialization
{
    /// <summary>Fills all tensors. Each tensor draws from its own random stream, determined by the seed and its place in the network.</summary>
    public static void Initialize(this NetworkWeights weights, WeightInitializer initializer, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(weights);
        for (int t = 0; t < weights.Tensors.Length; t++)
        {
            WeightTensor tensor = weights.Tensors[t];
            switch (tensor.Spec.Role)
            {
                case ParameterRole.Weight:
                    var random = new SeededRandom(seed, RandomPurpose.Weights, (ulong)t);
                    FillWeight(tensor, initializer, ref random);
                    break;
                case ParameterRole.Scale or ParameterRole.RunningVariance:
                    Array.Fill(tensor.Values, 1f);
                    break;
                default:
                    Array.Clear(tensor.Values);
                    break;
            }
        }
    }

    private static void FillWeight(WeightTensor tensor, WeightInitializer initializer, ref SeededRandom random)
    {
        int outputs = tensor.Spec.Dims[0], inputs = tensor.Spec.Dims[1];
        int window = tensor.Spec.Size / (outputs * inputs);
        double fanIn = (double)inputs * window, fanOut = (double)outputs * window;
        double deviation = Math.Sqrt(2 / fanIn), limit = Math.Sqrt(6 / (fanIn + fanOut));
        float[] values = tensor.Values;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(initializer == WeightInitializer.HeNormal ? deviation * random.NextNormal() : random.NextDouble(-limit, limit));
        }
    }
}
