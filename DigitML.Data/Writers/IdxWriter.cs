using System.Buffers.Binary;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model.Files;

namespace DigitML.Data.Writers;

/// <summary>Writes the two files of MNIST's original format: images, and labels from 0 to 255 beside them.</summary>
internal static class IdxWriter
{
    private const int Images = 0x803, Labels = 0x801;

    /// <summary>The file of the labels beside a file of images: <c>train-labels-idx1-ubyte</c>; null if the name is not that of images.</summary>
    public static string? LabelsFile(string path)
    {
        string name = Path.GetFileName(path), lower = name.ToLowerInvariant();
        int word = lower.LastIndexOf("images", StringComparison.Ordinal);
        bool isIdx = lower.Contains("ubyte", StringComparison.Ordinal) || lower.EndsWith(".idx", StringComparison.Ordinal) || lower.EndsWith(".idx.gz", StringComparison.Ordinal);
        if (word < 0 || !isIdx) return null;
        string labels = $"{name[..word]}labels{name[(word + 6)..].Replace("idx3", "idx1", StringComparison.OrdinalIgnoreCase)}";
        return Path.Combine(Path.GetDirectoryName(path) ?? "", labels);
    }

    /// <summary>Writes the files; without labels, the images alone.</summary>
    /// <exception cref="DigitMLException">A file cannot be written, or a label is no number from 0 to 255.</exception>
    public static void Write(string path, DigitDataset dataset, CancellationToken cancellation)
    {
        string[]? texts = WrittenLabels.Of(dataset, "an IDX pair");
        byte[]? labels = texts is null ? null : [.. texts.Select(text => Label(dataset, text))];
        PackedFile.Write(path, stream =>
        {
            WriteHeader(stream, Images, dataset.Count, dataset.Height, dataset.Width);
            for (int row = 0; row < dataset.Count; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                stream.Write(dataset.Image(row));
            }

            // Inside, so that a failure leaves neither of the two.
            if (labels is null) return;
            PackedFile.Write(LabelsFile(path)!, other =>
            {
                WriteHeader(other, Labels, labels.Length);
                other.Write(labels);
            });
        });
    }

    private static byte Label(DigitDataset dataset, string text) => byte.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out byte label) ? label
        : throw new DigitMLException($"{dataset.Name} has the label {DisplayText.Value(text)}; labels in an IDX file are numbers from 0 to 255. Write a .csv, .npz or .parquet file.");

    private static void WriteHeader(Stream stream, params ReadOnlySpan<int> numbers)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (int number in numbers)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes, number);
            stream.Write(bytes);
        }
    }
}
