using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>SHA-256 of what decides a run, by which a checkpoint knows its own.</summary>
/// <param name="Network">Of the layers and the input shape.</param>
/// <param name="Plan">Of the training plan.</param>
/// <param name="Data">Of training and validation rows, their labels and the normalisation.</param>
internal sealed record RunFingerprint(byte[] Network, byte[] Plan, byte[] Data)
{
    /// <summary>Bytes of one hash.</summary>
    internal const int HashSize = SHA256.HashSizeInBytes;

    internal static RunFingerprint Of(
        Network network, TrainingPlan plan, DigitDataset training, DigitDataset? validation, PixelNormalization normalization) =>
        new(OfNetwork(network), OfPlan(plan), OfData(training, validation, normalization));

    internal static byte[] OfNetwork(Network network) => SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{network.InputShape}\n{string.Join('\n', network.Layers.Select(layer => JsonSerializer.Serialize(layer.Layer, RunJson.Instance.Layer)))}"));

    internal static byte[] OfPlan(TrainingPlan plan) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(plan, RunJson.Instance.TrainingPlan));

    /// <summary>Refuses to go on with another run's checkpoint.</summary>
    /// <exception cref="DigitMLException">Something differs; the message says what.</exception>
    internal void CheckSame(RunFingerprint run)
    {
        if (!Network.AsSpan().SequenceEqual(run.Network)) throw Other("another network", "the network");
        if (!Plan.AsSpan().SequenceEqual(run.Plan)) throw Other("another training plan", "the plan");
        if (!Data.AsSpan().SequenceEqual(run.Data)) throw Other("other training or validation rows", "the rows");

        static DigitMLException Other(string other, string own) => new($"The checkpoint is of a run with {other}; resume with {own} of its run.");
    }

    private static byte[] OfData(DigitDataset training, DigitDataset? validation, PixelNormalization normalization)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<float>([normalization.Scale, normalization.Offset]));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', training.LabelMap.Labels)));
        Append(hash, training);
        if (validation is not null) Append(hash, validation);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, DigitDataset dataset)
    {
        hash.AppendData(MemoryMarshal.AsBytes<int>([dataset.Count, dataset.Height, dataset.Width]));
        hash.AppendData(dataset.Pixels);
        hash.AppendData(MemoryMarshal.AsBytes<int>(dataset.Labels));
    }
}
