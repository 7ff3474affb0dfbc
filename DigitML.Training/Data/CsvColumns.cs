using DigitML.Engine;

namespace DigitML.Training.Data;

/// <summary>What the columns of a CSV file are: at most one label, and the pixels of a square image, row by row.</summary>
/// <param name="HasHeader">Whether the first row names the columns.</param>
/// <param name="LabelColumn">Position of the label, or −1.</param>
/// <param name="Names">A name for each column, for messages; the header's own where it has one.</param>
/// <param name="Side">Height and width of the image.</param>
internal sealed record CsvColumns(bool HasHeader, int LabelColumn, IReadOnlyList<string> Names, int Side)
{
    private const string HeaderRule = "a header has a column label (or class) and the pixels row by row: pixel0, pixel1, ... or 1x1, 1x2, ... in order";

    /// <summary>Whether rows have a label.</summary>
    public bool HasLabel => LabelColumn >= 0;

    /// <summary>Understands the first row.</summary>
    /// <param name="place">File and line, for messages.</param>
    /// <param name="firstRow">A header, or the first row of data: then the label, if there is one, comes before the pixels.</param>
    /// <exception cref="DigitMLException">A column is unknown or there twice, or the image is not square.</exception>
    public static CsvColumns Of(string place, IReadOnlyList<string> firstRow) => IsHeader(firstRow) ? OfHeader(place, firstRow) : OfData(place, firstRow.Count);

    private static bool IsLabelName(string name) =>
        name.Equals("label", StringComparison.OrdinalIgnoreCase) || name.Equals("class", StringComparison.OrdinalIgnoreCase);

    // A label may be any text, so one text in a row of numbers is no header yet.
    private static bool IsHeader(IReadOnlyList<string> row) =>
        row.Any(cell => IsLabelName(cell.Trim())) || 2 * row.Count(cell => cell.Length > 0 && !PixelText.IsNumber(cell)) > row.Count;

    private static CsvColumns OfData(string place, int count)
    {
        if (IsSquare(count, out int side)) return new CsvColumns(HasHeader: false, -1, PixelNames(count), side);
        if (IsSquare(count - 1, out side)) return new CsvColumns(HasHeader: false, 0, ["label", .. PixelNames(count - 1)], side);
        int near = NearestSide(count);
        throw new DigitMLException($"{place}: has {Columns(count)}; a square image has {near * near} (for {near}x{near}), or {near * near + 1} with a label before it.");
    }

    private static CsvColumns OfHeader(string place, IReadOnlyList<string> header)
    {
        string[] names = [.. header.Select(name => name.Trim())];
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int column = 0; column < names.Length; column++)
        {
            if (seen.TryAdd(names[column], column)) continue;
            throw new DigitMLException($"{place}: column {column + 1} is {Shown.Value(names[column])}, as is column {seen[names[column]] + 1}; each column has a name of its own.");
        }

        int[] labels = [.. Enumerable.Range(0, names.Length).Where(column => IsLabelName(names[column]))];
        if (labels.Length > 1) throw new DigitMLException($"{place}: columns {labels[0] + 1} and {labels[1] + 1} are {Shown.Value(names[labels[0]])} and {Shown.Value(names[labels[1]])}; a row has one label.");
        int label = labels is [int only] ? only : -1;
        int pixelCount = names.Length - labels.Length;
        IsSquare(pixelCount, out int side);
        Func<int, string>? expected = null;
        for (int column = 0, pixel = 0; column < names.Length; column++)
        {
            if (column == label) continue;
            expected ??= Series(names[column], side) ?? throw new DigitMLException($"{place}: column {column + 1} is {Shown.Value(names[column])}; {HeaderRule}.");
            string name = expected(pixel++);
            if (TrimZeros(names[column]).Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            throw new DigitMLException($"{place}: column {column + 1} is {Shown.Value(names[column])} where {Shown.Value(name)} is expected; {HeaderRule}.");
        }

        if (side * side == pixelCount && side > 0) return new CsvColumns(HasHeader: true, label, names, side);
        int near = NearestSide(pixelCount);
        throw new DigitMLException($"{place}: has {pixelCount} pixel columns, which is no square image; {near}x{near} has {near * near}.");
    }

    // The names that follow from the first: a number from 0 or 1 that counts on, or row x column.
    private static Func<int, string>? Series(string first, int side)
    {
        if (first is "0x0" or "1x1")
        {
            int start = first[0] - '0';
            int width = Math.Max(side, 1);
            return pixel => $"{pixel / width + start}x{pixel % width + start}";
        }

        string prefix = first.TrimEnd("0123456789".ToCharArray());
        if (!int.TryParse(first.AsSpan(prefix.Length), out int from) || from > 1) return null;
        return pixel => $"{prefix}{pixel + from}";
    }

    // "pixel007" counts as "pixel7".
    private static string TrimZeros(string name)
    {
        string prefix = name.TrimEnd("0123456789".ToCharArray());
        return prefix.EndsWith('x') && prefix.Length > 1 && char.IsAsciiDigit(prefix[0]) || !int.TryParse(name.AsSpan(prefix.Length), out int number) ? name : $"{prefix}{number}";
    }

    private static bool IsSquare(int count, out int side)
    {
        side = (int)Math.Sqrt(Math.Max(count, 0));
        return side > 0 && side * side == count;
    }

    private static int NearestSide(int count) => Math.Max((int)Math.Round(Math.Sqrt(count)), 1);

    private static string Columns(int count) => count == 1 ? "1 column" : $"{count} columns";

    private static IEnumerable<string> PixelNamesOf(int count) => Enumerable.Range(0, count).Select(pixel => $"pixel{pixel}");

    private static string[] PixelNames(int count) => [.. PixelNamesOf(count)];
}
