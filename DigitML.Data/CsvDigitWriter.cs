using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using DigitML.Model.Files;

namespace DigitML.Data;

/// <summary>Writes a dataset as CSV with Kaggle's columns: <c>label,pixel0,pixel1,...</c>, without the label column if no row has a label.</summary>
public static class CsvDigitWriter
{
    private static readonly CsvWriterOptions Options = new() { NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace };

    private static readonly byte[][] PixelTexts =
        [.. Enumerable.Range(0, 256).Select(pixel => Encoding.ASCII.GetBytes(pixel.ToString(CultureInfo.InvariantCulture)))];

    /// <summary>Writes the file atomically; gzipped (smallest size, no timestamp) if its name ends in .gz.</summary>
    /// <param name="path">The file; missing folders are created, an existing file is replaced.</param>
    /// <param name="dataset">Rows of square images, all labelled or all unlabelled.</param>
    /// <exception cref="DigitMLException">
    /// The file cannot be written, the images are not square, a label contains a line break, or only some rows have a label.
    /// </exception>
    public static void Write(string path, DigitDataset dataset) => Write(path, dataset, CancellationToken.None);

    /// <summary>The same, with a way to stop it; then no file is written.</summary>
    /// <exception cref="DigitMLException">As above.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static void Write(string path, DigitDataset dataset, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(dataset);
        bool isLabelled = dataset.Labels.AsSpan().ContainsAnyExcept(DigitDataset.NoLabel);
        if (isLabelled && !dataset.IsLabelled)
        {
            throw new DigitMLException($"{dataset.Name}: some rows have a label and some have none; in a CSV file all rows have a label or none has.");
        }

        if (dataset.Height != dataset.Width)
        {
            throw new DigitMLException($"{dataset.Name} has images of {dataset.Height}x{dataset.Width}; a CSV file holds square images.");
        }

        IEnumerable<string> labels = isLabelled ? dataset.Labels.Distinct().Select(key => dataset.LabelMap[key]) : [];
        if (labels.FirstOrDefault(label => label.AsSpan().ContainsAny('\r', '\n')) is { } broken)
        {
            throw new DigitMLException($"{dataset.Name}: the label {DisplayText.Value(broken)} has a line break; a label in a CSV file cannot have one.");
        }

        AtomicFile.Write(path, stream =>
        {
            if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                Write(stream, dataset, isLabelled, cancellation);
                return;
            }

            using var packed = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
            Write(packed, dataset, isLabelled, cancellation);
        });
    }

    private static void Write(Stream stream, DigitDataset dataset, bool isLabelled, CancellationToken cancellation)
    {
        using CsvWriter writer = CsvWriter.Create(stream, Options, leaveOpen: true);
        if (isLabelled) writer.WriteField("label");
        for (int pixel = 0; pixel < dataset.Height * dataset.Width; pixel++) writer.WriteField($"pixel{pixel}");
        writer.EndRecord();
        for (int row = 0; row < dataset.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (isLabelled) writer.WriteField(dataset.LabelMap[dataset.Labels[row]]);
            foreach (byte pixel in dataset.Image(row)) writer.WriteField(PixelTexts[pixel]);
            writer.EndRecord();
        }
    }
}
