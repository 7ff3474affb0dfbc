using System.Text;
using CsvHelper;
using DigitML.Data.Layouts;
using DigitML.Data.Rows;
using DigitML.Data.Sources;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Tables;

/// <summary>
/// Reads text tables of pixels, with labels and other columns, with or without a header. Columns are separated by commas, semicolons, tabs, | or spaces,
/// whichever the file uses.
/// </summary>
internal sealed class TableReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly DataFile file;
    private readonly RowNeeds needs;
    private readonly CsvReader reader;
    private readonly TableColumns columns;
    private readonly ColumnRun[] runs;
    private readonly List<int> lines = [];
    private readonly LabelTexts? labels;
    private readonly List<string>? ids;
    private PixelStore? pixels;
    private int repeatedHeaders;

    private TableReader(DataFile file, CsvReader reader, TableColumns columns, RowNeeds needs)
    {
        (this.file, this.reader, this.columns, this.needs) = (file, reader, columns, needs);
        labels = columns.HasLabels ? new LabelTexts() : null;
        ids = columns.Id >= 0 ? [] : null;
        runs = ColumnRun.Of(columns.Pixels);
        if (columns.PixelCell < 0) pixels = new PixelStore(file.Name, columns.Pixels.Count);
    }

    /// <summary>The rows of a table.</summary>
    /// <exception cref="DigitMLException">The file cannot be read; the message names file, line, column, value and rule.</exception>
    public static FileRows Read(TableFile table, FileLayout layout, RowNeeds needs)
    {
        TableColumns columns = ColumnFinder.Find(
            table.File.Name, table.Sample, layout, needs, (hasHeader, wanted) => table.ReadColumns(hasHeader, wanted, needs.Cancellation));
        CheckSize(table.File, columns.Pixels.Count, needs);
        return table.Text.Read(table.File, reader => new TableReader(table.File, reader, columns, needs).Read());
    }

    // Before the rows are read, so that a large file of another size is refused at once.
    private static void CheckSize(DataFile file, int count, RowNeeds needs)
    {
        if (count == 0 || needs is not { Height: { } height, Width: { } width } || count % (height * width) == 0 && count / (height * width) is 1 or 3 or 4) return;
        int side = ImageShape.SideOf(count);
        string has = side > 0 ? $"its images are {side}x{side}" : $"its rows have {DisplayText.Count(count, "pixel")}";
        throw new DigitMLException($"{file.Name}: {has}; images of {height}x{width} are needed here.");
    }

    private FileRows Read()
    {
        byte[][] header = [];
        bool isMore = reader.Read();
        if (columns.HasHeader)
        {
            header = [.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetSpan(column).ToArray())];
            isMore = reader.Read();
        }

        for (; isMore; isMore = reader.Read())
        {
            needs.Cancellation.ThrowIfCancellationRequested();
            if (reader.FieldCount < columns.Names.Count - columns.Trailing || reader.FieldCount > columns.Names.Count)
            {
                if (IsEmpty()) continue;
                throw new DigitMLException($"{Place}: has {DisplayText.Count(reader.FieldCount, "column")}, not {columns.Names.Count} like the first row.");
            }

            if (header.Length > 0 && IsHeader(header))
            {
                repeatedHeaders++;
                continue;
            }

            if (!AddPixels()) continue;
            if (columns.Label >= 0) labels!.Add(Text(columns.Label));
            else if (labels is not null) labels.Add(HotClass());
            ids?.Add(Text(columns.Id).Trim());
            lines.Add((int)reader.LineNumber);
        }

        if (pixels is null || pixels.Count == 0) throw new DigitMLException($"{file.Name} has a header but no rows.");
        return new FileRows
        {
            Path = file.Name,
            Format = file.IsGzip ? "CSV.gz" : "CSV",
            Pixels = pixels,
            Shape = columns.Shape,
            Labels = labels,
            LabelPlace = columns.LabelPlace,
            LabelName = columns.Label >= 0 ? columns.Names[columns.Label] : "label",
            Ids = ids is null ? null : new RowIds(columns.Names[columns.Id], ids),
            LeftOut = repeatedHeaders == 0 ? columns.LeftOut : [.. columns.LeftOut, DisplayText.Count(repeatedHeaders, "repeated header")],
            PlaceOf = row => $"{file.Name}:{lines[row]}",
            NameOf = pixel => columns.PixelCell >= 0 ? PixelNames.Default(pixel) : columns.Names[columns.Pixels[pixel]],
        };
    }

    private string Place => $"{file.Name}:{reader.LineNumber}";

    private bool IsEmpty()
    {
        for (int column = 0; column < reader.FieldCount; column++)
        {
            if (!IsBlank(reader.GetSpan(column))) return false;
        }

        return true;
    }

    private static bool IsBlank(ReadOnlySpan<byte> cell) => cell.Trim(" \t"u8).IsEmpty;

    private bool IsHeader(byte[][] header)
    {
        for (int column = 0; column < Math.Min(header.Length, reader.FieldCount); column++)
        {
            ReadOnlySpan<byte> cell = reader.GetSpan(column);
            if (column == 0 && cell.StartsWith(Encoding.UTF8.Preamble)) cell = cell[3..];
            if (!cell.SequenceEqual(header[column])) return false;
        }

        return true;
    }

    // False for a row without any value.
    private bool AddPixels()
    {
        if (columns.PixelCell >= 0) return AddPixelCell();
        if (pixels!.IsBytes)
        {
            Span<byte> row = pixels.AddBytes();
            if (TryBytes(row)) return true;
            pixels.RemoveLast();
            if (IsEmpty()) return false;
            if (TryWholeBytes(pixels.AddBytes())) return true;
            pixels.RemoveLast();
            CheckNumbers();
        }
        else if (IsEmpty())
        {
            return false;
        }

        Span<float> values = pixels.AddFloats();
        foreach (ColumnRun run in runs)
        {
            for (int i = 0; i < run.Count; i++) values[run.Pixel + i] = (float)Number(run.Column + i);
        }

        return true;
    }

    private bool TryBytes(Span<byte> row)
    {
        foreach (ColumnRun run in runs)
        {
            Span<byte> part = row.Slice(run.Pixel, run.Count);
            for (int i = 0; i < part.Length; i++)
            {
                if (!PixelText.TryByte(reader.GetSpan(run.Column + i), out part[i])) return false;
            }
        }

        return true;
    }

    // "12.0" and "1.2e1" are bytes too.
    private bool TryWholeBytes(Span<byte> row)
    {
        foreach (ColumnRun run in runs)
        {
            for (int i = 0; i < run.Count; i++)
            {
                if (!PixelText.TryNumber(reader.GetSpan(run.Column + i), out double value) || value is < 0 or > 255 || value != Math.Floor(value)) return false;
                row[run.Pixel + i] = (byte)value;
            }
        }

        return true;
    }

    private void CheckNumbers()
    {
        foreach (ColumnRun run in runs)
        {
            for (int i = 0; i < run.Count; i++) Number(run.Column + i);
        }
    }

    private double Number(int column)
    {
        ReadOnlySpan<byte> text = reader.GetSpan(column);
        if (PixelText.TryNumber(text, out double value)) return value;
        throw new DigitMLException($"{Place}: {columns.Names[column]} is {DisplayText.Value(Encoding.UTF8.GetString(text))}; a pixel is a number, such as 0 to 255.");
    }

    private bool AddPixelCell()
    {
        string cell = reader.GetString(columns.PixelCell);
        if (IsEmpty()) return false;
        float[] values = PixelList.Read(cell) ?? throw new DigitMLException($"{Place}: {columns.Names[columns.PixelCell]} is {DisplayText.Value(cell)}; it must hold the pixels of an image, separated by spaces.");
        pixels ??= new PixelStore(file.Name, values.Length);
        if (values.Length != pixels.RowSize)
        {
            throw new DigitMLException($"{Place}: {columns.Names[columns.PixelCell]} has {DisplayText.Count(values.Length, "pixel")}, not {pixels.RowSize:N0} like the first row.");
        }

        if (pixels.IsBytes && Array.TrueForAll(values, value => value is >= 0 and <= 255 && value == MathF.Floor(value)))
        {
            Span<byte> row = pixels.AddBytes();
            for (int i = 0; i < row.Length; i++) row[i] = (byte)values[i];
        }
        else
        {
            values.CopyTo(pixels.AddFloats());
        }

        return true;
    }

    private string HotClass() => columns.HotClass(i => PixelText.TryNumber(reader.GetSpan(columns.OneHot[i]), out double value) ? value : double.NaN)
        ?? throw new DigitMLException($"{Place}: {columns.HotRule}");

    private string Text(int column)
    {
        ReadOnlySpan<byte> text = reader.GetSpan(column);
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException failure)
        {
            throw new DigitMLException($"{Place}: {columns.Names[column]} is not UTF-8 text; name the file's encoding, such as --encoding windows-1252.", failure);
        }
    }

    /// <summary>Neighbouring columns that hold neighbouring pixels.</summary>
    private readonly record struct ColumnRun(int Column, int Pixel, int Count)
    {
        public static ColumnRun[] Of(IReadOnlyList<int> columns)
        {
            var runs = new List<ColumnRun>();
            for (int pixel = 0; pixel < columns.Count;)
            {
                int end = pixel + 1;
                while (end < columns.Count && columns[end] == columns[end - 1] + 1) end++;
                runs.Add(new ColumnRun(columns[pixel], pixel, end - pixel));
                pixel = end;
            }

            return [.. runs];
        }
    }
}
