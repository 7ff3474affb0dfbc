using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;

namespace DigitML.Data.Writers;

/// <summary>
/// Writes numpy's archive of arrays: <c>x</c>, rows x height x width bytes, and <c>y</c>, the labels, as 64-bit integers if all are whole numbers, else as texts.
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
/// </summary>
internal static class NpzWriter
{
    private const int HeaderAlignment = 64;

    // The earliest time that a zip archive can hold: the same rows give the same bytes.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the file.</summary>
    /// <exception cref="DigitMLException">It cannot be written, or only some rows have a label.</exception>
    public static void Write(string path, DigitDataset dataset, CancellationToken cancellation)
    {
        string[]? labels = WrittenLabels.Of(dataset, "an .npz file");
        AtomicFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            Add(zip, "x.npy", "|u1", [dataset.Count, dataset.Height, dataset.Width], content =>
            {
                for (int row = 0; row < dataset.Count; row++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    content.Write(dataset.Image(row));
                }
            });
            if (labels is null) return;
            if (WrittenLabels.Numbers(labels) is { } numbers) Add(zip, "y.npy", "<i8", [labels.Length], content => content.Write(Bytes(numbers)));
            else AddTexts(zip, labels);
        });
    }

    private static void AddTexts(ZipArchive zip, string[] labels)
    {
        var encoding = new UTF32Encoding(bigEndian: false, byteOrderMark: false);
        byte[][] texts = [.. labels.Select(encoding.GetBytes)];
        int longest = texts.Max(text => text.Length);
        Add(zip, "y.npy", string.Create(CultureInfo.InvariantCulture, $"<U{longest / 4}"), [labels.Length], content =>
        {
            var padded = new byte[longest];
            foreach (byte[] text in texts)
            {
                padded.AsSpan().Clear();
                text.CopyTo(padded, 0);
                content.Write(padded);
            }
        });
    }

    private static ReadOnlySpan<byte> Bytes(long[] numbers)
    {
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(numbers, numbers);
        return MemoryMarshal.AsBytes<long>(numbers);
    }

    private static void Add(ZipArchive zip, string name, string type, int[] sizes, Action<Stream> write)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        using Stream stream = entry.Open();
        string shape = string.Join(", ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))) + (sizes.Length == 1 ? "," : "");
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}";
        int length = (10 + text.Length + 1 + HeaderAlignment - 1) / HeaderAlignment * HeaderAlignment - 10;
        byte[] header = [0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n")];
        stream.Write(header);
        write(stream);
    }
}
