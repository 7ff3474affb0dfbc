using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Randomness;

namespace DigitML.Tests.Parity;

/// <summary>A network and minibatches to run on two devices.</summary>
/// <param name="Input">Shape of a sample.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Counts">Samples of the minibatches, in order; buffers hold as many as the largest.</param>
/// <param name="IsExact">True if pixels are 0, 1 or 2 and weights quarters, so that sums are exact and ties and zeros are the same on every
/// device.</param>
/// <param name="PixelScale">Standard deviation of the pixels.</param>
/// <param name="PixelOffset">Mean of the pixels.</param>
internal sealed record ParityCase(Shape Input, Layer[] Layers, int[] Counts, bool IsExact = false, double PixelScale = 1, double PixelOffset = 0)
{
    private NetworkWeights? weights;

    /// <summary>Most samples of a minibatch.</summary>
    internal int Capacity => Counts.Max();

    /// <summary>The network.</summary>
    internal Network Network { get; } = new("parity", Input, Layers);

    /// <summary>Weights in which no value is the one it has by default. Not to be changed.</summary>
    internal NetworkWeights Weights => weights ??= MakeWeights();

    /// <summary>The minibatches: images of normal noise, labels smoothed in every second one.</summary>
    internal IEnumerable<Minibatch> MakeMinibatches()
    {
        var minibatch = new Minibatch(Capacity, Input, Network.ClassCount);
        var random = new SeededRandom(seed: 33, RandomPurpose.SyntheticData);
        for (int b = 0; b < Counts.Length; b++)
        {
            minibatch.Count = Counts[b];
            Array.Fill(minibatch.Images, float.NaN); // beyond Count nothing may be read
            Array.Fill(minibatch.Targets, float.NaN);
            FillImages(minibatch.Images.AsSpan(0, Counts[b] * Input.Size), ref random);
            FillTargets(minibatch, smoothing: b % 2 == 0 ? 0 : 0.1f, ref random);
            yield return minibatch;
        }
    }

    /// <summary>Images to predict.</summary>
    internal float[] MakeImages(int count)
    {
        var images = new float[count * Input.Size];
        var random = new SeededRandom(seed: 34, RandomPurpose.SyntheticData);
        FillImages(images, ref random);
        return images;
    }

    private NetworkWeights MakeWeights()
    {
        var made = new NetworkWeights(Network);
        made.Initialize(WeightInitializer.HeNormal, seed: 31);
        var random = new SeededRandom(seed: 32, RandomPurpose.SyntheticData);
        foreach (WeightTensor tensor in made.Tensors)
        {
            foreach (ref float value in tensor.Values.AsSpan())
            {
                double normal = random.NextNormal();
                value = tensor.Spec.Role switch
                {
                    ParameterRole.Weight => IsExact ? MathF.Round(value * 4) / 4 : value,
                    ParameterRole.Bias => IsExact ? 0 : (float)(0.1 * normal),
                    ParameterRole.Scale => (float)(1 + 0.2 * normal),
                    ParameterRole.RunningMean => (float)(0.2 * normal),
                    _ => (float)(0.5 + Math.Abs(normal)),
                };
            }
        }

        return made;
    }

    private void FillImages(Span<float> images, ref SeededRandom random)
    {
        foreach (ref float value in images) value = IsExact ? random.NextInt32(3) : (float)(PixelOffset + PixelScale * random.NextNormal());
    }

    private static void FillTargets(Minibatch minibatch, float smoothing, ref SeededRandom random)
    {
        int k = minibatch.Targets.Length / minibatch.Capacity;
        for (int n = 0; n < minibatch.Count; n++)
        {
            minibatch.Labels[n] = random.NextInt32(k);
            Array.Fill(minibatch.Targets, smoothing / k, n * k, k);
            minibatch.Targets[n * k + minibatch.Labels[n]] += 1 - smoothing;
        }
    }
}
