using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>
/// A checkpoint as bytes, little-endian: 16 bytes of signature; three fingerprints; epochs, best epoch, whether best weights follow, length in bytes of
/// the arithmetic's name (int32 each); step (int64); the arithmetic's name in UTF-8; the epochs; weights, optimizer slots, averaged weights and best weights as float32;
/// SHA-256 of everything before it.
/// </summary>
internal static class CheckpointFile
{
    private const int HeaderSize = 16 + 3 * RunFingerprint.HashSize + 4 * sizeof(int) + sizeof(long);
    private const int ReportSize = 3 * sizeof(int) + 6 * sizeof(double) + sizeof(float);

    private static ReadOnlySpan<byte> Signature => "DigitML check 2\n"u8;

    private static ReadOnlySpan<byte> AnySignature => "DigitML check "u8;

    internal static void Write(Checkpoint checkpoint, Stream stream)
    {
        using var hash = SHA256.Create();
        using (var hashing = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new BinaryWriter(hashing))
        {
            RunFingerprint fingerprint = checkpoint.Fingerprint.Value;
            writer.Write(Signature);
            writer.Write(fingerprint.Network);
            writer.Write(fingerprint.Plan);
            writer.Write(fingerprint.Data);
            writer.Write(checkpoint.Epoch);
            writer.Write(checkpoint.BestEpoch);
            writer.Write(checkpoint.BestWeights is null ? 0 : 1);
            byte[] arithmetic = Encoding.UTF8.GetBytes(fingerprint.Arithmetic);
            writer.Write(arithmetic.Length);
            writer.Write(checkpoint.State.Step);
            writer.Write(arithmetic);
            foreach (EpochReport report in checkpoint.History) Write(report, writer);
            foreach (WeightTensor tensor in Tensors(checkpoint)) writer.Write(MemoryMarshal.AsBytes<float>(tensor.Values));
        }

        stream.Write(hash.Hash!);
    }

    internal static Checkpoint Read(string path, Network network, TrainingPlan plan)
    {
        byte[] bytes = ReadBytes(path, network, plan);
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        reader.BaseStream.Position = Signature.Length;
        byte[] ofNetwork = ReadHash(), ofPlan = ReadHash(), ofData = ReadHash();
        int epochs = reader.ReadInt32(), bestEpoch = reader.ReadInt32();
        bool hasBestWeights = reader.ReadInt32() != 0;
        int arithmeticSize = reader.ReadInt32();
        long step = reader.ReadInt64();
        var fingerprint = new RunFingerprint(ofNetwork, ofPlan, ofData, Encoding.UTF8.GetString(reader.ReadBytes(arithmeticSize)));
        var checkpoint = new Checkpoint(network, plan, new Lazy<RunFingerprint>(fingerprint))
        {
            BestEpoch = bestEpoch,
            BestWeights = hasBestWeights ? new NetworkWeights(network) : null,
        };
        checkpoint.State.Step = step;
        for (int i = 0; i < epochs; i++) checkpoint.AddRead(ReadReport(reader));
        foreach (WeightTensor tensor in Tensors(checkpoint)) reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        return checkpoint;

        byte[] ReadHash() => reader.ReadBytes(RunFingerprint.HashSize);
    }

    private static byte[] ReadBytes(string path, Network network, TrainingPlan plan)
    {
        if (Directory.Exists(path)) throw new DigitMLException($"{path} is a folder; name the checkpoint file.");
        if (!File.Exists(path)) throw new DigitMLException($"{path} does not exist; name the checkpoint of a run that was interrupted.");
        try
        {
            using FileStream stream = File.OpenRead(path);
            var header = new byte[HeaderSize];
            int read = stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
            Check(path, header.AsSpan(0, read), stream.Length, network, plan);
            var bytes = new byte[stream.Length];
            stream.Position = 0;
            stream.ReadExactly(bytes);
            int contentSize = bytes.Length - RunFingerprint.HashSize;
            byte[] checksum = SHA256.HashData(bytes.AsSpan(0, contentSize));
            if (!bytes.AsSpan(contentSize).SequenceEqual(checksum))
            {
                throw new DigitMLException($"{path} is damaged: its checksum is wrong; start a new run in another folder, or delete this run's.");
            }

            return bytes;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DigitMLException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    private static void Check(string path, ReadOnlySpan<byte> header, long length, Network network, TrainingPlan plan)
    {
        if (header.StartsWith(AnySignature) && header.Length >= Signature.Length && !header.StartsWith(Signature))
        {
            throw new DigitMLException($"{path} was written by another version of DigitML and cannot be resumed by this one; resume with that version or start a new run.");
        }

        if (!header.StartsWith(Signature)) throw new DigitMLException($"{path} is not a DigitML checkpoint.");
        if (header.Length < HeaderSize) throw new DigitMLException($"{path} is truncated: it has only {length} bytes; start a new run in another folder, or delete this run's.");
        ReadOnlySpan<byte> fingerprints = header[Signature.Length..];
        if (!fingerprints[..RunFingerprint.HashSize].SequenceEqual(RunFingerprint.OfNetwork(network)))
        {
            throw new DigitMLException($"{path} does not belong to network \"{network.Name}\"; resume with the network of its run.");
        }

        if (!fingerprints.Slice(RunFingerprint.HashSize, RunFingerprint.HashSize).SequenceEqual(RunFingerprint.OfPlan(plan)))
        {
            throw new DigitMLException($"{path} belongs to another training plan; resume with the plan of its run.");
        }

        ReadOnlySpan<int> numbers = MemoryMarshal.Cast<byte, int>(fingerprints[(3 * RunFingerprint.HashSize)..]);
        long expected = ExpectedLength(network, plan, epochs: numbers[0], hasBestWeights: numbers[2] != 0, arithmeticSize: numbers[3]);
        if (numbers[0] < 0 || numbers[3] < 0 || length != expected)
        {
            throw new DigitMLException(
                $"{path} is truncated or damaged: it has {length} bytes where {expected} are expected; start a new run in another folder, or delete this run's.");
        }
    }

    private static long ExpectedLength(Network network, TrainingPlan plan, int epochs, bool hasBestWeights, int arithmeticSize)
    {
        long values = network.TrainableParameterCount + network.NonTrainableParameterCount;
        int copies = 1 + plan.Optimizer.SlotCount + (plan.AveragingDecay is null ? 0 : 1) + (hasBestWeights ? 1 : 0);
        return HeaderSize + arithmeticSize + (long)epochs * ReportSize + values * copies * sizeof(float) + RunFingerprint.HashSize;
    }

    private static IEnumerable<WeightTensor> Tensors(Checkpoint checkpoint)
    {
        IEnumerable<NetworkWeights?> all =
            [checkpoint.State.Weights, .. checkpoint.State.OptimizerSlots, checkpoint.State.AveragedWeights, checkpoint.BestWeights];
        return all.OfType<NetworkWeights>().SelectMany(weights => weights.Tensors);
    }

    private static void Write(EpochReport report, BinaryWriter writer)
    {
        writer.Write(report.Epoch);
        writer.Write(report.TrainingLoss);
        writer.Write(report.TrainingAccuracy);
        writer.Write(report.ValidationLoss ?? double.NaN);
        writer.Write(report.ValidationAccuracy ?? double.NaN);
        writer.Write(report.LearningRate);
        writer.Write(report.Seconds);
        writer.Write(report.TrainingSeconds);
        writer.Write(report.Steps);
        writer.Write(report.Samples);
    }

    private static EpochReport ReadReport(BinaryReader reader) => new(
        reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), NumberOrNull(reader.ReadDouble()), NumberOrNull(reader.ReadDouble()),
        reader.ReadSingle(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32());

    private static double? NumberOrNull(double value) => double.IsNaN(value) ? null : value;
}
