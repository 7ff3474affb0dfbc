using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DigitML.Engine.Datasets;

namespace DigitML.Data;

/// <summary>A checksum of a dataset's contents: the same rows in the same order have the same checksum, whatever the file format and name.</summary>
internal static class DatasetChecksum
{
    /// <summary>SHA-256 in lower-case hex over the sizes (height, width, rows, classes: 32-bit little-endian), the labels (UTF-8, each terminated by
    /// a zero byte), the keys (32-bit little-endian) and the pixels.</summary>
    public static string Of(DigitDataset dataset)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendNumbers(hash, [dataset.Height, dataset.Width, dataset.Count, dataset.LabelMap.Count]);
        foreach (string label in dataset.LabelMap.Labels) hash.AppendData(Encoding.UTF8.GetBytes(label + "\0"));
        AppendNumbers(hash, dataset.Labels);
        hash.AppendData(dataset.Pixels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendNumbers(IncrementalHash hash, ReadOnlySpan<int> numbers)
    {
        var bytes = new byte[numbers.Length * sizeof(int)];
        for (int i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), numbers[i]);
        hash.AppendData(bytes);
    }
}
