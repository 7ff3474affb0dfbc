using System.Globalization;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Model.Contents;

namespace DigitML.OnnxParity.Tests;

/// <summary>Models with random weights in which every parameter counts: biases are not 0, and batch norm's statistics are far from 0 and 1.</summary>
internal static class RandomModels
{
    /// <summary>A model of one or more networks.</summary>
    /// <param name="networks">The networks; the scores of several are averaged.</param>
    /// <param name="seed">Decides the weights.</param>
    /// <param name="testTimeShift">Pixels by which the model also moves each image; 0 for none.</param>
    internal static DigitModel Of(IEnumerable<Network> networks, int seed, int testTimeShift = 0)
    {
        ModelMember[] members = [.. networks.Select((network, index) => new ModelMember(Weights(network, seed + index), new PixelNormalization(1 / 78.6f, -0.4242f)))];
        return new DigitModel(members, LabelsOf(members[0].Network.ClassCount), testTimeShift);
    }

    /// <summary>The labels "0", "1", ...</summary>
    internal static LabelMap LabelsOf(int count) => new(Enumerable.Range(0, count).Select(key => key.ToString(CultureInfo.InvariantCulture)));

    private static NetworkWeights Weights(Network network, int seed)
    {
        var weights = new NetworkWeights(network);
        weights.Initialize(WeightInitializer.HeNormal, (ulong)seed);
        var random = new Random(seed);
        foreach (WeightTensor tensor in weights.Tensors.Where(tensor => tensor.Spec.Role != ParameterRole.Weight))
        {
            bool isPositive = tensor.Spec.Role is ParameterRole.Scale or ParameterRole.RunningVariance;
            foreach (ref float value in tensor.Values.AsSpan()) value = isPositive ? 0.5f + random.NextSingle() : random.NextSingle() - 0.5f;
        }

        return weights;
    }
}
