using System.Globalization;
using System.Text;
using CsvHelper;
using DigitML.Data.Writers;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model.Files;

namespace DigitML.Data;

/// <summary>Writes a dataset as CSV with Kaggle's columns: <c>label,pixel0,pixel1,...</c>, without the label column if no row has a label; the columns of images that are not square are named <c>1x1,1x2,...</c></summary>
public static class CsvDigitWriter
{
    private static readonly CsvWriterOptions Options = new() { NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace };

    private static readonly byte[][] PixelTexts =
        [.. Enumerable.Range(0, 256).Select(pixel => Encoding.ASCII.GetBytes(pixel.ToString(CultureInfo.InvariantCulture)))];

    /// <summary>Writes the file atomically; gzipped (smallest size, no timestamp) if its name ends in .gz.</summary>
    /// <param name="path">The file; missing folders are created, an existing file is replaced.</param>
    /// <param name="dataset">Rows, all labelled or all unlabelled.</param>
    /// <exception cref="DigitMLException">
    /// The file cannot be written, a label contains a line break, or only some rows have a label.
    /// </exception>
    public static void Write(string path, DigitDataset dataset) => Write(path, dataset, CancellationToken.None);

    /// <summary>The same, with a way to stop it; then no file is written.</summary>
    /// <exception cref="DigitMLException">As above.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static void Write(string path, DigitDataset dataset, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(dataset);
        string[]? labels = WrittenLabels.Of(dataset, "a CSV file");
        if (labels is not null && Array.Find(labels, label => label.AsSpan().ContainsAny('\r', '\n')) is { } broken)
        {
            throw new DigitMLException($"{dataset.Name}: the label {DisplayText.Value(broken)} has a line break; a label in a CSV file cannot have one.");
        }

        PackedFile.Write(path, stream => Write(stream, dataset, labels, cancellation));
    }

    private static void Write(Stream stream, DigitDataset dataset, string[]? labels, CancellationToken cancellation)
    {
        using CsvWriter writer = CsvWriter.Create(stream, Options, leaveOpen: true);
        if (labels is not null) writer.WriteField("label");
        foreach (string name in WrittenLabels.PixelNames(dataset)) writer.WriteField(name);
        writer.EndRecord();
        for (int row = 0; row < dataset.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (labels is not null) writer.WriteField(labels[row]);
            foreach (byte pixel in dataset.Image(row)) writer.WriteField(PixelTexts[pixel]);
            writer.EndRecord();
        }
    }
}
