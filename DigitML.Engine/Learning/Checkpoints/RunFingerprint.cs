using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>Identifies a run by everything that determines its bytes, so that only its own run resumes a checkpoint: SHA-256 of its inputs, and the arithmetic of its device.</summary>
/// <param name="Network">Hash of the layers and the input shape.</param>
/// <param name="Plan">Hash of the training plan.</param>
/// <param name="Data">Hash of the training and validation rows, their labels, the targets and the normalisation.</param>
/// <param name="Arithmetic"><see cref="Devices.IDevice.Arithmetic"/> of the device.</param>
internal sealed record RunFingerprint(byte[] Network, byte[] Plan, byte[] Data, string Arithmetic)
{
    /// <summary>Bytes of one hash.</summary>
    internal const int HashSize = SHA256.HashSizeInBytes;

    internal static RunFingerprint Of(
        Network network, TrainingPlan plan, DigitDataset training, DigitDataset? validation, TargetMatrix? targets, PixelNormalization normalization, string arithmetic) =>
        new(OfNetwork(network), OfPlan(plan), OfData(training, validation, targets, normalization), arithmetic);

    internal static byte[] OfNetwork(Network network) => SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{network.InputShape}\n{string.Join('\n', network.Layers.Select(layer => JsonSerializer.Serialize(layer.Layer, RunJson.Instance.Layer)))}"));

    /// <exception cref="DigitMLException">The plan's schedule is not one of this library's and does not describe itself.</exception>
    internal static byte[] OfPlan(TrainingPlan plan)
    {
        if (plan.LearningRate.IsBuiltIn) return SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(plan, RunJson.Instance.TrainingPlan));
        string type = plan.LearningRate.GetType().FullName!, description = plan.LearningRate.Describe();

        // A list prints as the name of its type, whatever it holds.
        if (string.IsNullOrWhiteSpace(description) || description.Contains("[]", StringComparison.Ordinal) || description.Contains('`', StringComparison.Ordinal))
        {
            throw new DigitMLException(
                $"The learning-rate schedule {plan.LearningRate.GetType().Name} does not print all its values, so a checkpoint could not recognise it; " +
                "override Describe to return all of them.");
        }

        string rest = JsonSerializer.Serialize(plan with { LearningRate = null! }, RunJson.Instance.TrainingPlan);
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{rest}\n{type}\n{description}"));
    }

    /// <summary>Refuses to resume the checkpoint of another run.</summary>
    /// <exception cref="DigitMLException">Something differs; the message says what.</exception>
    internal void CheckSame(RunFingerprint run)
    {
        if (!Network.AsSpan().SequenceEqual(run.Network)) throw Other("another network", "the network");
        if (!Plan.AsSpan().SequenceEqual(run.Plan)) throw Other("another training plan", "the plan");
        if (!Data.AsSpan().SequenceEqual(run.Data)) throw Other("other training or validation rows", "the rows");
        if (Arithmetic != run.Arithmetic)
        {
            throw new DigitMLException(
                $"The checkpoint is from a run with the arithmetic {Arithmetic}, but this device uses {run.Arithmetic} and would end with different weights; " +
                $"resume on a device that uses {Arithmetic}, or start a new run.");
        }

        static DigitMLException Other(string other, string own) => new($"The checkpoint is from a run with {other}; resume with {own} of its run.");
    }

    private static byte[] OfData(DigitDataset training, DigitDataset? validation, TargetMatrix? targets, PixelNormalization normalization)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<float>([normalization.Scale, normalization.Offset]));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', training.LabelMap.Labels)));
        Append(hash, training);
        if (validation is not null) Append(hash, validation);

        // One-hot targets give the same bytes as none.
        if (targets is not null && !targets.IsOneHotOf(training.Labels)) hash.AppendData(MemoryMarshal.AsBytes(targets.Values));
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, DigitDataset dataset)
    {
        hash.AppendData(MemoryMarshal.AsBytes<int>([dataset.Count, dataset.Height, dataset.Width]));
        hash.AppendData(dataset.Pixels);
        hash.AppendData(MemoryMarshal.AsBytes<int>(dataset.Labels));
    }
}
