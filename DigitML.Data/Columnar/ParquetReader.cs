using DigitML.Data.Layouts;
using DigitML.Data.Pictures;
using DigitML.Data.Rows;
using DigitML.Data.Sources;
using DigitML.Data.Tables;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Columnar;

/// <summary>
/// Reads Parquet files: a column of pictures, a column of lists of pixels, or a column per pixel. The columns are found by the rules of text tables; lists and pictures
/// count as a column whose cells hold all pixels.
/// </summary>
internal sealed class ParquetReader
{
    private const int SampleRows = 100, PictureGroup = 256;
    private const string CellOfPixels = "0 0 0 0";

    private readonly DataFile file;
    private readonly ParquetFile parquet;
    private readonly RowNeeds needs;
    private readonly FileLayout layout;
    private readonly TableColumns columns;
    private readonly LabelTexts? labels;
    private readonly List<string>? ids;
    private PixelStore? pixels;

    // Those of the first group of rows, which the sample was taken from; they are decoded once.
    private NumberColumn?[] sampled = [];
    private int sampledGroup, firstRow;

    private ParquetReader(DataFile file, ParquetFile parquet, FileLayout layout, RowNeeds needs)
    {
        (this.file, this.parquet, this.layout, this.needs) = (file, parquet, layout, needs);
        if (parquet.Columns.Count == 0 || parquet.GroupRows.Sum() == 0) throw new DigitMLException($"{file.Name} has no rows of numbers or pictures; name a file that has.");
        columns = ColumnFinder.Find(file.Name, Sample(), layout with { HasHeader = true }, needs, (_, wanted) => Texts(wanted));
        labels = columns.HasLabels ? new LabelTexts() : null;
        ids = columns.Id >= 0 ? [] : null;
    }

    /// <summary>The rows of a file.</summary>
    /// <exception cref="DigitMLException">The file cannot be read, its columns leave doubt, or a value is no pixel.</exception>
    public static FileRows Read(DataFile file, FileLayout layout, RowNeeds needs) =>
        ParquetFile.Read(file, parquet => new ParquetReader(file, parquet, layout, needs).Read(), needs.Cancellation);

    private FileRows Read()
    {
        bool arePictures = columns.PixelCell >= 0 && parquet.Columns[columns.PixelCell].Kind == ParquetKind.Bytes;
        PictureStack? stack = arePictures ? new PictureStack(file.Name, checked((int)parquet.GroupRows.Sum()), layout, needs) : null;
        for (int group = 0; group < parquet.GroupRows.Count; group++)
        {
            needs.Cancellation.ThrowIfCancellationRequested();
            int rows = checked((int)parquet.GroupRows[group]);
            if (rows == 0) continue;
            if (stack is not null) AddPictures(stack, group, rows);
            else if (columns.PixelCell >= 0) AddLists(group, rows);
            else AddNumbers(group, rows);
            AddTexts(group, rows);
            firstRow += rows;
        }

        StackedPictures? pictures = stack?.ToRows();
        return new FileRows
        {
            Path = file.Name,
            Format = "Parquet",
            Pixels = pictures?.Pixels ?? pixels!,
            Shape = pictures?.Shape ?? columns.Shape,
            Labels = labels,
            LabelPlace = columns.LabelPlace,
            LabelName = columns.Label >= 0 ? columns.Names[columns.Label] : "label",
            Ids = ids is null ? null : new RowIds(columns.Names[columns.Id], ids),
            LeftOut = columns.LeftOut,
            Notes = pictures?.Notes ?? [],
            PlaceOf = row => $"{file.Name}: row {row + 1}",
            NameOf = pixel => columns.PixelCell >= 0 ? PixelNames.Default(pixel) : columns.Names[columns.Pixels[pixel]],
        };
    }

    // The first rows, and above them the names, as a text table has them.
    private TableSample Sample()
    {
        int group = sampledGroup = parquet.GroupRows.Select((rows, i) => (rows, i)).First(entry => entry.rows > 0).i;
        int count = (int)Math.Min(parquet.GroupRows[group], SampleRows);
        sampled = new NumberColumn?[parquet.Columns.Count];
        var rows = new string[count + 1][];
        rows[0] = [.. parquet.Columns.Select(column => column.Name)];
        for (int row = 1; row <= count; row++) rows[row] = new string[parquet.Columns.Count];
        for (int column = 0; column < parquet.Columns.Count; column++)
        {
            ParquetKind kind = parquet.Columns[column].Kind;
            needs.Cancellation.ThrowIfCancellationRequested();
            ParquetValues? values = null;
            if (kind is not (ParquetKind.Lists or ParquetKind.Other)) (values, sampled[column]) = parquet.Values(group, parquet.Columns[column], count);
            bool arePixels = kind == ParquetKind.Lists || kind == ParquetKind.Bytes && Enumerable.Range(0, count).Select(values!.Bytes).FirstOrDefault(bytes => bytes is not null) is { } first && IsPicture(first);
            for (int row = 0; row < count; row++) rows[row + 1][column] = arePixels ? CellOfPixels : values?.Text(row) ?? "";
        }

        return new TableSample(rows, [.. Enumerable.Range(0, count + 1)], parquet.GroupRows.Sum() == count);
    }

    // Texts that the file does not mark as such are bytes too.
    private static bool IsPicture(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || bytes.Length > 14 && (bytes.StartsWith("BM"u8) || bytes.StartsWith("P5"u8) || bytes.StartsWith("P6"u8) || bytes.StartsWith("P2"u8) || bytes.StartsWith("P3"u8) || bytes.StartsWith("GIF8"u8) || bytes.StartsWith("RIFF"u8) || bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8));

    private List<string[]> Texts(IReadOnlyList<int> wanted)
    {
        var rows = new List<string[]>();
        for (int group = 0; group < parquet.GroupRows.Count; group++)
        {
            ParquetValues[] values = [.. wanted.Select(column => parquet.Values(group, parquet.Columns[column]))];
            for (int row = 0; row < parquet.GroupRows[group]; row++) rows.Add([.. values.Select(column => column.Text(row))]);
        }

        return rows;
    }

    private void AddTexts(int group, int rows)
    {
        ParquetValues? label = columns.Label >= 0 ? parquet.Values(group, parquet.Columns[columns.Label]) : null, id = ids is null ? null : parquet.Values(group, parquet.Columns[columns.Id]);
        ParquetValues[] hot = [.. columns.OneHot.Select(column => parquet.Values(group, parquet.Columns[column]))];
        for (int row = 0; row < rows; row++)
        {
            ids?.Add(id!.Text(row));
            if (label is not null) labels!.Add(label.Text(row));
            else if (hot.Length > 0) labels!.Add(columns.HotClass(i => hot[i].Number(row)) ?? throw new DigitMLException($"{Place(row)}: {columns.HotRule}"));
        }
    }

    private void AddPictures(PictureStack stack, int group, int rows)
    {
        ParquetValues values = parquet.Values(group, parquet.Columns[columns.PixelCell]);
        foreach (int[] part in Enumerable.Range(0, rows).Chunk(PictureGroup))
        {
            stack.Add([.. part.Select(row => new EncodedPicture(firstRow + row, Place(row), () => values.Bytes(row) is { Length: > 0 } bytes ? bytes
                : throw new DigitMLException($"{Place(row)} has no picture in {columns.Describe(columns.PixelCell)}.")))]);
        }
    }

    private void AddLists(int group, int rows)
    {
        ParquetValues values = parquet.Values(group, parquet.Columns[columns.PixelCell]);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> list = values.List(row);
            if (list.IsEmpty) throw new DigitMLException($"{Place(row)}: {columns.Names[columns.PixelCell]} has no pixels; correct the row or remove it.");
            pixels ??= new PixelStore(file.Name, list.Length);
            if (list.Length != pixels.RowSize)
            {
                throw new DigitMLException($"{Place(row)}: {columns.Names[columns.PixelCell]} has {DisplayText.Count(list.Length, "pixel")}, not {pixels.RowSize:N0} like the first row.");
            }

            AddRow(row, list);
        }
    }

    // Columns come one after the other; rows are wanted.
    private void AddNumbers(int group, int rows)
    {
        NumberColumn[] numbers = [.. columns.Pixels.Select(column => Numbers(group, column))];
        pixels ??= new PixelStore(file.Name, numbers.Length);
        var values = new double[numbers.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int pixel = 0; pixel < values.Length; pixel++) values[pixel] = numbers[pixel][row];
            AddRow(row, values);
        }

        sampled = [];
    }

    private NumberColumn Numbers(int group, int place)
    {
        needs.Cancellation.ThrowIfCancellationRequested();
        ParquetColumn column = parquet.Columns[place];
        if (column.Kind != ParquetKind.Numbers) throw new DigitMLException($"{file.Name}: column {DisplayText.Value(column.Name)} holds no numbers; leave it out with --ignore-column.");
        return group == sampledGroup && sampled.Length > 0 ? sampled[place]! : parquet.Numbers(group, column);
    }

    private void AddRow(int row, ReadOnlySpan<double> values)
    {
        bool areBytes = pixels!.IsBytes;
        for (int pixel = 0; pixel < values.Length; pixel++)
        {
            double value = values[pixel];
            if (!double.IsFinite(value))
            {
                string name = columns.PixelCell >= 0 ? PixelNames.Default(pixel) : columns.Names[columns.Pixels[pixel]];
                throw new DigitMLException($"{Place(row)}: {name} {(double.IsNaN(value) ? "is missing" : "is infinite")}; a pixel is a number, such as 0 to 255.");
            }

            areBytes &= value is >= 0 and <= 255 && value == Math.Floor(value);
        }

        if (areBytes)
        {
            Span<byte> bytes = pixels.AddBytes();
            for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)values[i];
        }
        else
        {
            Span<float> floats = pixels.AddFloats();
            for (int i = 0; i < floats.Length; i++) floats[i] = (float)values[i];
        }
    }

    private string Place(int row) => $"{file.Name}: row {firstRow + row + 1}";
}
