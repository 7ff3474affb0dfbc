using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using Parquet;
using Parquet.Schema;

namespace DigitML.Data.Writers;

/// <summary>Writes a Parquet file: a column <c>label</c>, of 64-bit integers if all labels are whole numbers, else of texts, and a column of bytes per pixel.</summary>
internal static class ParquetDigitWriter
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="DigitMLException">It cannot be written, or only some rows have a label.</exception>
    public static void Write(string path, DigitDataset dataset, CancellationToken cancellation)
    {
        string[]? labels = WrittenLabels.Of(dataset, "a Parquet file");
        AtomicFile.Write(path, stream =>
        {
            using var content = new MemoryStream();
            WriteAsync(content, dataset, labels, cancellation).GetAwaiter().GetResult();
            content.WriteTo(stream);
        });
    }

    private static async Task WriteAsync(MemoryStream content, DigitDataset dataset, string[]? labels, CancellationToken cancellation)
    {
        long[]? numbers = labels is null ? null : WrittenLabels.Numbers(labels);
        DataField[] label = labels is null ? [] : [new DataField("label", numbers is null ? typeof(string) : typeof(long), isNullable: false)];
        DataField[] pixels = [.. WrittenLabels.PixelNames(dataset).Select(name => new DataField(name, typeof(byte), isNullable: false))];
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. label, .. pixels]), content, cancellationToken: cancellation).ConfigureAwait(false);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        if (numbers is not null) await group.WriteAsync<long>(label[0], numbers, cancellationToken: cancellation).ConfigureAwait(false);
        else if (labels is not null) await group.WriteAsync(label[0], labels).ConfigureAwait(false);
        var column = new byte[dataset.Count];
        for (int pixel = 0; pixel < pixels.Length; pixel++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int row = 0; row < column.Length; row++) column[row] = dataset.Pixels[row * pixels.Length + pixel];
            await group.WriteAsync<byte>(pixels[pixel], column, cancellationToken: cancellation).ConfigureAwait(false);
        }
    }
}
