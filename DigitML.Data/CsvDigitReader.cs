using CsvHelper;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model.Files;

namespace DigitML.Data;

/// <summary>
/// Reads CSV rows of an optional label and the pixels of a square image, with or without a header: Kaggle's <c>train.csv</c> and <c>test.csv</c>,
/// <c>label,1x1,...,28x28</c>, and the like. The separator is a comma, semicolon, tab or |, detected from the file.
/// </summary>
internal static class CsvDigitReader
{
    private static readonly CsvReaderOptions Options = new()
    {
        HasHeader = false,
        TrackLineNumbers = true,
        AllowLineBreaksInQuotes = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 1 << 26,
    };

    /// <summary>The rows of a file.</summary>
    /// <exception cref="DigitMLException">The file cannot be read; the message names file, line, column, value and rule.</exception>
    public static DigitFile Read(DataFile file, DigitFileOptions options) => file.Read(stream =>
    {
        using CsvReader reader = CsvReader.Create(stream, Options, leaveOpen: true);
        try
        {
            return Read(file, reader, options);
        }
        catch (CsvFormatException failure)
        {
            throw new DigitMLException($"{file.Path}:{failure.LineNumber}: a quoted field is not closed on its line, or a quote is inside a field; "
                + "close it, and double a quote that is part of the text.", failure);
        }
    });

    private static DigitFile Read(DataFile file, CsvReader reader, DigitFileOptions options)
    {
        if (!reader.Read()) throw new DigitMLException($"{file.Path} is empty; it must contain rows of pixels.");
        CsvColumns columns = CsvColumns.Of(Place(), FirstRow(reader));
        if (columns.HasHeader && !reader.Read()) throw new DigitMLException($"{file.Path} has a header but no rows.");
        if (options.RequireLabels && !columns.HasLabel)
        {
            throw new DigitMLException($"{file.Path} has no labels, which are needed here; add a column named label.");
        }

        if (options.ImageSide is { } side && side != columns.Side)
        {
            throw new DigitMLException($"{file.Path}: its images are {columns.Side}x{columns.Side}; images of {side}x{side} are needed here.");
        }

        var labels = new LabelKeys(options);
        var pixels = new PixelRows(file.Path, columns.Side * columns.Side);
        Func<string> place = Place;
        do
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (reader.FieldCount != columns.Names.Count)
            {
                string columnWord = reader.FieldCount == 1 ? "column" : "columns";
                throw new DigitMLException($"{Place()}: has {reader.FieldCount} {columnWord}, not {columns.Names.Count} like the first row.");
            }

            if (!columns.HasLabel) labels.AddNone();
            else if (!labels.Add(Label(reader, columns, place), place)) continue;
            Span<byte> row = pixels.Add();
            int before = Math.Max(columns.LabelColumn, 0);
            ReadPixels(reader, 0, row[..before], columns, place);
            ReadPixels(reader, columns.HasLabel ? before + 1 : 0, row[before..], columns, place);
        }
        while (reader.Read());
        (int[] keys, LabelMap map) = labels.ToLabels();
        var dataset = new DigitDataset(Path.GetFileName(file.Path), columns.Side, columns.Side, pixels.ToArray(), keys, map);
        return new DigitFile(dataset, file.IsGzip ? "CSV.gz" : "CSV", labels.DroppedRows);

        string Place() => $"{file.Path}:{reader.LineNumber}";
    }

    private static string[] FirstRow(CsvReader reader)
    {
        var cells = new string[reader.FieldCount];
        for (int column = 0; column < cells.Length; column++) cells[column] = reader.GetString(column);
        return cells;
    }

    // Spaces around a label are kept only if it is quoted.
    private static string Label(CsvReader reader, CsvColumns columns, Func<string> place)
    {
        string label = reader.GetString(columns.LabelColumn);
        if (reader.GetRawSpan(columns.LabelColumn) is not [(byte)'"', ..]) label = label.Trim(' ', '\t');
        if (label.Length > 0) return label;
        throw new DigitMLException($"{place()}: {columns.Names[columns.LabelColumn]} is missing; every row needs a label.");
    }

    private static void ReadPixels(CsvReader reader, int firstColumn, Span<byte> row, CsvColumns columns, Func<string> place)
    {
        for (int i = 0; i < row.Length; i++)
        {
            ReadOnlySpan<byte> text = reader.GetSpan(firstColumn + i);
            if (PixelText.TryParse(text, out row[i])) continue;
            throw new DigitMLException($"{place()}: {columns.Names[firstColumn + i]} is {DisplayText.Value(System.Text.Encoding.UTF8.GetString(text))}; "
                + "a pixel is an integer from 0 to 255.");
        }
    }
}
