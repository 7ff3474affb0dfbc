using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data;

/// <summary>The columns of a CSV file: at most one label, and the pixels of a square image, row by row.</summary>
/// <param name="HasHeader">True if the first row names the columns.</param>
/// <param name="LabelColumn">Position of the label, or −1.</param>
/// <param name="Names">The name of each column, for messages; from the header if there is one.</param>
/// <param name="Side">Height and width of the image.</param>
internal sealed record CsvColumns(bool HasHeader, int LabelColumn, IReadOnlyList<string> Names, int Side)
{
    private const string HeaderRule =
        "a header has a column label (or class) and the pixels row by row: pixel0, pixel1, ... or 1x1, 1x2, ... in order";

    /// <summary>True if rows have a label.</summary>
    public bool HasLabel => LabelColumn >= 0;

    /// <summary>Finds the columns from the first row.</summary>
    /// <param name="place">File and line, for messages.</param>
    /// <param name="firstRow">A header, or the first row of data, in which the label, if any, comes before the pixels.</param>
    /// <exception cref="DigitMLException">A column is unknown or duplicated, or the image is not square.</exception>
    public static CsvColumns Of(string place, IReadOnlyList<string> firstRow) =>
        IsHeader(firstRow) ? OfHeader(place, [.. firstRow.Select(name => name.Trim())]) : OfData(place, firstRow.Count);

    private static bool IsLabelName(string name) =>
        name.Equals("label", StringComparison.OrdinalIgnoreCase) || name.Equals("class", StringComparison.OrdinalIgnoreCase);

    // A label may be any text, so a single text in a row of numbers does not make it a header.
    private static bool IsHeader(IReadOnlyList<string> row) =>
        row.Any(cell => IsLabelName(cell.Trim())) || 2 * row.Count(cell => cell.Length > 0 && !PixelText.IsNumber(cell)) > row.Count;

    private static CsvColumns OfData(string place, int count)
    {
        if (IsSquare(count, out int side)) return new CsvColumns(HasHeader: false, -1, [.. PixelNames.Default(count)], side);
        if (IsSquare(count - 1, out side)) return new CsvColumns(HasHeader: false, 0, ["label", .. PixelNames.Default(count - 1)], side);
        int near = NearestSide(count);
        throw new DigitMLException(
            $"{place}: has {count} columns; a square image has {near * near} (for {near}x{near}), or {near * near + 1} with a label before it.");
    }

    private static CsvColumns OfHeader(string place, string[] names)
    {
        CheckDistinct(place, names);
        int label = LabelColumnOf(place, names);
        int pixelCount = label < 0 ? names.Length : names.Length - 1;
        bool isSquare = IsSquare(pixelCount, out int side);
        CheckPixelNames(place, names, label, Math.Max(side, 1));
        if (isSquare) return new CsvColumns(HasHeader: true, label, names, side);
        int near = NearestSide(pixelCount);
        throw new DigitMLException($"{place}: has {pixelCount} pixel columns, which is not a square image; {near}x{near} has {near * near}.");
    }

    private static void CheckDistinct(string place, string[] names)
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int column = 0; column < names.Length; column++)
        {
            if (seen.TryAdd(names[column], column)) continue;
            int earlier = seen[names[column]];
            throw new DigitMLException(
                $"{place}: column {column + 1} is {DisplayText.Value(names[column])}, as is column {earlier + 1}; column names must be unique.");
        }
    }

    private static int LabelColumnOf(string place, string[] names)
    {
        int first = Array.FindIndex(names, IsLabelName);
        int last = Array.FindLastIndex(names, IsLabelName);
        if (first == last) return first;
        string both = $"{DisplayText.Value(names[first])} and {DisplayText.Value(names[last])}";
        throw new DigitMLException($"{place}: columns {first + 1} and {last + 1} are {both}; a row has one label.");
    }

    private static void CheckPixelNames(string place, string[] names, int label, int width)
    {
        Func<int, string>? nameOf = null;
        for (int column = 0, pixel = 0; column < names.Length; column++)
        {
            if (column == label) continue;
            string shown = $"{place}: column {column + 1} is {DisplayText.Value(names[column])}";
            nameOf ??= PixelNames.Series(names[column], width) ?? throw new DigitMLException($"{shown}; {HeaderRule}.");
            string expected = nameOf(pixel++);
            if (PixelNames.AreEqual(names[column], expected)) continue;
            throw new DigitMLException($"{shown} where {DisplayText.Value(expected)} is expected; {HeaderRule}.");
        }
    }

    private static bool IsSquare(int count, out int side)
    {
        side = (int)Math.Sqrt(Math.Max(count, 0));
        return side > 0 && side * side == count;
    }

    private static int NearestSide(int count) => Math.Max((int)Math.Round(Math.Sqrt(count)), 1);
}
