using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using DigitML.Engine;
using DigitML.Model.Files;
using Google.Protobuf;

namespace DigitML.Model.Onnx;

/// <summary>A file's tensor: sizes and values.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Dims">Its sizes; none for a scalar.</param>
/// <param name="Values">Row-major values.</param>
internal sealed record OnnxTensor<T>(string Name, ImmutableArray<int> Dims, T[] Values)
{
    /// <summary>"[32, 1, 5, 5]".</summary>
    internal string DimsText => OnnxTensor.Text(Dims);
}

/// <summary>Converts the format's tensors to values and back. A tensor is read only if the file holds all of it.</summary>
internal static class OnnxTensor
{
    /// <summary>A tensor of 32-bit floats for a file.</summary>
    internal static TensorProto Float(string name, IEnumerable<int> dims, ReadOnlySpan<float> values)
    {
        byte[] raw = new byte[values.Length * sizeof(float)];
        MemoryMarshal.AsBytes(values).CopyTo(raw);
        if (!BitConverter.IsLittleEndian) Reverse(MemoryMarshal.Cast<byte, int>(raw.AsSpan()));
        var tensor = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Float, RawData = UnsafeByteOperations.UnsafeWrap(raw) };
        tensor.Dims.AddRange(dims.Select(dim => (long)dim));
        return tensor;
    }

    /// <summary>A list of 64-bit integers for a file.</summary>
    internal static TensorProto Integers(string name, ReadOnlySpan<long> values)
    {
        byte[] raw = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(i * sizeof(long)), values[i]);
        var tensor = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, RawData = UnsafeByteOperations.UnsafeWrap(raw) };
        tensor.Dims.Add(values.Length);
        return tensor;
    }

    /// <summary>Reads a tensor of 32-bit floats, all of them finite.</summary>
    /// <exception cref="DigitMLException">It is of another type, is stored elsewhere, holds less than its sizes declare, or holds a value that is not
    /// finite.</exception>
    internal static OnnxTensor<float> ReadFloats(string file, TensorProto tensor)
    {
        Require(file, tensor, TensorProto.Types.DataType.Float);
        var (dims, count) = ReadDims(file, tensor, tensor.FloatData.Count, sizeof(float));
        float[] values = GC.AllocateUninitializedArray<float>(count);
        ReadOnlySpan<byte> raw = tensor.RawData.Span;
        if (raw.IsEmpty)
        {
            tensor.FloatData.CopyTo(values, 0);
        }
        else
        {
            raw.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            if (!BitConverter.IsLittleEndian) Reverse(MemoryMarshal.Cast<float, int>(values.AsSpan()));
        }

        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new DigitMLException($"{file}: tensor \"{tensor.Name}\" holds a {value}; values are finite numbers.");
            }
        }

        return new OnnxTensor<float>(tensor.Name, dims, values);
    }

    /// <summary>Reads a tensor of 64-bit integers, the type of shapes.</summary>
    /// <exception cref="DigitMLException">It is of another type, is stored elsewhere, or holds less than its sizes declare.</exception>
    internal static OnnxTensor<long> ReadIntegers(string file, TensorProto tensor)
    {
        Require(file, tensor, TensorProto.Types.DataType.Int64);
        var (dims, count) = ReadDims(file, tensor, tensor.Int64Data.Count, sizeof(long));
        var values = new long[count];
        ReadOnlySpan<byte> raw = tensor.RawData.Span;
        if (raw.IsEmpty) tensor.Int64Data.CopyTo(values, 0);
        else for (int i = 0; i < count; i++) values[i] = BinaryPrimitives.ReadInt64LittleEndian(raw[(i * sizeof(long))..]);
        return new OnnxTensor<long>(tensor.Name, dims, values);
    }

    /// <summary>"[32, 1, 5, 5]".</summary>
    internal static string Text<T>(IEnumerable<T> dims) => $"[{string.Join(", ", dims)}]";

    private static void Reverse(Span<int> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Require(string file, TensorProto tensor, TensorProto.Types.DataType type)
    {
        if (tensor.DataType != (int)type)
        {
            var found = (TensorProto.Types.DataType)tensor.DataType;
            string name = Enum.IsDefined(found) ? found.ToString().ToUpperInvariant() : $"type {tensor.DataType}";
            throw new DigitMLException(
                $"{file}: tensor \"{tensor.Name}\" holds {name} values; DigitML reads FLOAT, and INT64 for shapes.");
        }

        if (tensor.DataLocation == TensorProto.Types.DataLocation.External || tensor.ExternalData.Count > 0)
        {
            throw new DigitMLException($"{file}: tensor \"{tensor.Name}\" is stored in another file; save the model with all its data in one file.");
        }
    }

    private static (ImmutableArray<int> Dims, int Count) ReadDims(string file, TensorProto tensor, int listed, int valueBytes)
    {
        var dims = new int[tensor.Dims.Count];
        long count = 1;
        for (int d = 0; d < dims.Length; d++)
        {
            long dim = tensor.Dims[d];
            if (dim is < 0 or > int.MaxValue)
            {
                throw new DigitMLException($"{file}: tensor \"{tensor.Name}\" has the sizes {Text(tensor.Dims)}; a size is 0 or more.");
            }

            dims[d] = (int)dim;
            count = dim > 0 && count > long.MaxValue / dim ? long.MaxValue : count * dim;
        }

        long held = tensor.RawData.Length == 0 ? listed : tensor.RawData.Length % valueBytes == 0 ? tensor.RawData.Length / valueBytes : -1;
        if (held == count) return (ImmutableCollectionsMarshal.AsImmutableArray(dims), (int)count);
        string holds = held < 0 ? DisplayText.Count(tensor.RawData.Length, "byte") : held.ToString("N0", CultureInfo.InvariantCulture);
        throw new DigitMLException($"{file}: tensor \"{tensor.Name}\" of {Text(tensor.Dims)} needs {DisplayText.Count(count, "value")} but the file holds {holds}.");
    }
}
