using DigitML.Data.Layouts;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Tables;

/// <summary>Finds out which columns of a table hold the label, the pixels, the ids, and nothing of use: by choice, by name, by place and by value.</summary>
internal sealed class ColumnFinder
{
    private const int MostNamed = 3;

    private readonly string file;
    private readonly FileLayout layout;
    private readonly RowNeeds needs;
    private readonly bool hasHeader;
    private readonly string[] names;
    private readonly TableSample sample;
    private readonly EdgeColumns edges;
    private readonly ColumnRole[] roles;
    private readonly string[] reasons;
    private readonly int trailing;
    private int[] oneHot = [];

    private ColumnFinder(string file, bool hasHeader, string[] names, TableSample sample, FileLayout layout, RowNeeds needs, Func<IReadOnlyList<int>, IReadOnlyList<string[]>> readAll)
    {
        (this.file, this.hasHeader, this.names, this.sample, this.layout, this.needs) = (file, hasHeader, names, sample, layout, needs);
        edges = new EdgeColumns(sample, readAll);
        roles = new ColumnRole[names.Length];
        reasons = new string[names.Length];
        while (trailing < names.Length - 1 && (!hasHeader || ColumnWords.IsUnnamed(names[^(trailing + 1)])) && Values(names.Length - 1 - trailing).IsEmpty) trailing++;
        for (int column = names.Length - trailing; column < names.Length; column++) roles[column] = ColumnRole.Nothing;
    }

    /// <summary>Finds the columns.</summary>
    /// <param name="file">For messages.</param>
    /// <param name="sample">The first rows.</param>
    /// <param name="layout">What is said about the columns.</param>
    /// <param name="needs">What the rows are for.</param>
    /// <param name="readAll">Reads some columns of all rows, should the first rows leave doubt.</param>
    /// <exception cref="DigitMLException">Doubt remains, or the layout names a column that is not there.</exception>
    public static TableColumns Find(string file, TableSample sample, FileLayout layout, RowNeeds needs, Func<bool, IReadOnlyList<int>, IReadOnlyList<string[]>> readAll)
    {
        string[] first = [.. sample.Rows[0].Select(name => name.Trim().Trim('\uFEFF'))];
        bool hasHeader = layout.HasHeader ?? Header.IsOne(first);
        var rows = new TableSample([.. sample.Rows.Skip(hasHeader ? 1 : 0)], [.. sample.Lines.Skip(hasHeader ? 1 : 0)], sample.IsWhole);
        if (rows.Rows.Count == 0) throw new DigitMLException($"{file} has a header but no rows.");
        string[] names = !hasHeader ? [.. first.Select(_ => "")] : NamesFor(first, rows);
        if (rows.Rows[0].Length != names.Length && !rows.Rows[0].Skip(names.Length).Concat(names.Skip(rows.Rows[0].Length)).All(string.IsNullOrWhiteSpace))
        {
            throw new DigitMLException($"{file}:{rows.Lines[0]}: has {DisplayText.Count(rows.Rows[0].Length, "column")}, not {names.Length} like the first row.");
        }

        if (hasHeader) CheckDistinct($"{file}:{sample.Lines[0]}", names);
        var finder = new ColumnFinder(file, hasHeader, names, rows, layout, needs, all => readAll(hasHeader, all));
        return finder.Find();
    }

    // R writes no name for the row names; a separator at the end of each row makes one more column too.
    private static string[] NamesFor(string[] header, TableSample rows)
    {
        int more = rows.Rows[0].Length - header.Length;
        bool isEmptyAtEnd = more > 0 && rows.Rows.All(row => row.Skip(header.Length).All(string.IsNullOrWhiteSpace));
        if (isEmptyAtEnd) return [.. header, .. Enumerable.Repeat("", more)];
        return more == 1 ? ["", .. header] : header;
    }

    private static void CheckDistinct(string place, string[] names)
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int column = 0; column < names.Length; column++)
        {
            if (names[column].Length == 0 || seen.TryAdd(names[column], column)) continue;
            int earlier = seen[names[column]];
            throw new DigitMLException(
                $"{place}: column {column + 1} is {DisplayText.Value(names[column])}, as is column {earlier + 1}; column names must be unique.");
        }
    }

    private TableColumns Find()
    {
        TakeChosen();
        if (hasHeader) TakeNamed();
        int cell = TakePixelCell();
        PixelNames? series = hasHeader && cell < 0 && !Header.AreMangled(names) ? PixelNames.Find(names, [.. Open]) : null;
        if (cell < 0) TakeTexts(series);
        if (series is not null) TakeRest(series);
        if (cell < 0 && (series is null || !IsLabelSettled)) TakeByValues();
        int[] pixels = cell >= 0 ? [] : series is not null && series.Columns.All(column => roles[column] == ColumnRole.Open)
            ? series.Columns : [.. Open];
        bool isSeries = ReferenceEquals(pixels, series?.Columns);
        if (isSeries && series!.IsColumnByColumn && layout.Transpose is null)
        {
            throw new DigitMLException($"{file}: its columns are {names[pixels[0]]}, {names[pixels[1]]}, ...: say whether the pixels stand column by column (--transpose yes) or row by row (--transpose no).");
        }

        if (cell < 0 && pixels.Length == 0) throw new DigitMLException($"{file} has no column of pixels; a row has an image's pixels, and a label if there is one.");
        return new TableColumns
        {
            HasHeader = hasHeader,
            Names = [.. names.Select((name, column) => name.Length > 0 ? name : ShownName(column, pixels))],
            Trailing = trailing,
            Label = Array.IndexOf(roles, ColumnRole.Label),
            OneHot = oneHot,
            Id = Array.IndexOf(roles, ColumnRole.Id),
            Pixels = pixels,
            PixelCell = cell,
            Shape = isSeries ? series!.Shape : null,
            LeftOut = LeftOut(),
        };
    }

    private bool IsLabelSettled => Has(ColumnRole.Label) || oneHot.Length > 0 || layout.LabelColumn is not null;

    private IEnumerable<int> Open => Enumerable.Range(0, names.Length).Where(column => roles[column] == ColumnRole.Open);

    private bool Has(ColumnRole role) => Array.IndexOf(roles, role) >= 0;

    private ColumnValues Values(int column) => edges.Values(column);

    private void Ignore(int column, string reason) => (roles[column], reasons[column]) = (ColumnRole.Nothing, reason);

    private void TakeChosen()
    {
        foreach (string choice in layout.IgnoredColumns ?? []) Ignore(Chosen(choice, "--ignore-column"), "as asked");
        if (layout.IdColumn is { } id && Chosen(id, "--id-column") is >= 0 and int idColumn) roles[idColumn] = ColumnRole.Id;
        if (layout.LabelColumn is { } label && Chosen(label, "--label-column") is >= 0 and int labelColumn) roles[labelColumn] = ColumnRole.Label;
    }

    private int Chosen(string choice, string option)
    {
        int count = names.Length - trailing;
        if (ColumnChoice.Find(choice, [.. names.Take(count)], hasHeader) is { } column) return column;
        throw new DigitMLException($"{file} has no column {DisplayText.Value(choice)}, which {option} names; it has {DisplayText.Count(count, "column")}"
            + (hasHeader ? $": {DisplayText.Value(names[0])} to {DisplayText.Value(names[count - 1])}." : " and no header."));
    }

    private void TakeNamed()
    {
        int[] labels = [.. Open.Where(column => ColumnWords.IsLabel(names[column]))];
        if (labels.Length > 1 && layout.LabelColumn is null && needs.AreLabelsNeeded)
        {
            throw new DigitMLException($"{file}: several columns could be the label: {DescribeAll(labels)}; say which with --label-column.");
        }

        foreach (int column in labels)
        {
            if (layout.LabelColumn is null && labels.Length == 1) roles[column] = ColumnRole.Label;
            else Ignore(column, "another label");
        }

        TakeOneHotByName();
        foreach (int column in Open.ToArray())
        {
            bool isId = ColumnWords.IsId(names[column]);
            if (isId && layout.IdColumn is null && !Has(ColumnRole.Id)) roles[column] = ColumnRole.Id;
            else if (isId) Ignore(column, "ids");
            else if (ColumnWords.IsUnnamed(names[column])) Ignore(column, Values(column).IsEmpty ? "empty" : "row numbers");
        }
    }

    // label_0, label_1, ..., of which one is 1 in every row.
    private void TakeOneHotByName()
    {
        if (IsLabelSettled) return;
        var group = Open.Where(column => ColumnWords.IsLabel(names[column].TrimEnd([.. "0123456789"]).TrimEnd('_', '-', '.', ' '))).ToArray();
        if (group.Length > 1 && edges.AreOneHot(group)) TakeOneHot(group);
    }

    private void TakeOneHot(int[] columns)
    {
        oneHot = columns;
        foreach (int column in columns) roles[column] = ColumnRole.OneHot;
    }

    private int TakePixelCell()
    {
        int[] lists = [.. Open.Where(column => column < sample.Rows[0].Length && PixelList.IsOne(sample.Rows[0][column]) && Values(column).IsList)];
        if (lists.Length == 0) return -1;
        if (lists.Length > 1) throw new DigitMLException($"{file}: several columns hold lists of numbers: {DescribeAll(lists)}; leave out those that are no pixels with --ignore-column.");
        roles[lists[0]] = ColumnRole.Pixels;
        int[] rest = [.. Open];
        int[] labels = IsLabelSettled ? [] : [.. rest.Where(column => Values(column).AsLabels(needs.Labels) > LabelLikeness.None && !Values(column).CountsUp)];
        if (labels.Length > 1 && labels.Where(column => Values(column).IsWhole).ToArray() is [int numbers]) labels = [numbers];
        if (labels.Length > 1 && needs.AreLabelsNeeded) throw new DigitMLException($"{file}: several columns could be the label: {DescribeAll(labels)}; say which with --label-column.");
        foreach (int column in rest)
        {
            if (labels.Length == 1 && column == labels[0]) roles[column] = ColumnRole.Label;
            else Ignore(column, "no pixels");
        }

        return lists[0];
    }

    // A text among the pixels is a mistake in a row, not a column of texts.
    private void TakeTexts(PixelNames? series)
    {
        var pixels = new HashSet<int>(series?.Columns ?? []);
        int[] texts = [.. Open.Where(column => !pixels.Contains(column) && Values(column).IsText)];
        bool isOne = texts.Length == 1 && !IsLabelSettled;
        if (texts.Length > 1 && !IsLabelSettled && needs.AreLabelsNeeded)
        {
            throw new DigitMLException($"{file}: several columns hold texts and could be the label: {DescribeAll(texts)}; say which with --label-column.");
        }

        foreach (int column in texts)
        {
            if (isOne) roles[column] = ColumnRole.Label;
            else Ignore(column, "no pixels");
        }
    }

    // Columns of numbers that are not of the series: the label if one does as that, else nothing.
    private void TakeRest(PixelNames series)
    {
        int[] rest = [.. Open.Except(series.Columns)];
        foreach (int column in rest.Where(column => Values(column).CountsUp && sample.Rows.Count > 10)) Ignore(column, "row numbers");
        rest = [.. rest.Where(column => roles[column] == ColumnRole.Open)];
        if (!IsLabelSettled)
        {
            int[] labels = [.. rest.Where(column => Values(column).AsLabels(needs.Labels) > LabelLikeness.None)];
            if (labels.Length == 1) roles[labels[0]] = ColumnRole.Label;
            else if (needs.AreLabelsNeeded && labels.Length > 1) throw new DigitMLException($"{file}: several columns could be the label: {DescribeAll(labels)}; say which with --label-column.");
        }

        foreach (int column in rest.Where(column => roles[column] == ColumnRole.Open)) Ignore(column, "no pixel");
    }

    private void TakeByValues()
    {
        int[] open = [.. Open];
        var search = new LabelSearch(file, edges, layout, needs);
        LabelPlace place = IsLabelSettled ? search.FindRowNumbers(open) : search.Find(open);
        foreach (int column in place.RowNumbers) Ignore(column, "row numbers");
        if (place.Label >= 0) roles[place.Label] = ColumnRole.Label;
        if (place.OneHot.Count > 0) TakeOneHot([.. place.OneHot]);
    }

    private string ShownName(int column, int[] pixels)
    {
        if (roles[column] == ColumnRole.Label) return "label";
        int pixel = Array.IndexOf(pixels, column);
        return pixel >= 0 ? PixelNames.Default(pixel) : $"column {column + 1}";
    }

    private string DescribeAll(int[] columns) =>
        string.Join(", ", columns.Take(MostNamed).Select(column => TableColumns.Describe(column, names[column]))) + (columns.Length > MostNamed ? ", ..." : "");

    private string[] LeftOut()
    {
        int[] columns = [.. Enumerable.Range(0, names.Length - trailing).Where(column => roles[column] == ColumnRole.Nothing)];
        IEnumerable<string> few = columns.Take(MostNamed).Select(column => $"{TableColumns.Describe(column, names[column])} ({reasons[column]})");
        return columns.Length > MostNamed ? [.. few, $"{columns.Length - MostNamed} more"] : [.. few];
    }
}

/// <summary>What a column is.</summary>
internal enum ColumnRole
{
    /// <summary>Not yet known; pixels, once all others are known.</summary>
    Open,

    /// <summary>Labels.</summary>
    Label,

    /// <summary>One class of one-hot labels.</summary>
    OneHot,

    /// <summary>Ids.</summary>
    Id,

    /// <summary>All pixels of an image.</summary>
    Pixels,

    /// <summary>Nothing of use.</summary>
    Nothing,
}
