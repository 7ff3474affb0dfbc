using System.Globalization;

namespace DigitML.Data.Tables;

/// <summary>Tells a row of names from a row of data.</summary>
internal static class Header
{
    private const int ShortestSeries = 5;

    /// <summary>True if the first row of a table names the columns.</summary>
    public static bool IsOne(IReadOnlyList<string> row)
    {
        string[] cells = [.. row.Select(cell => cell.Trim()).Where(cell => cell.Length > 0)];
        if (cells.Length == 0) return false;
        int numbers = cells.Count(IsData), different = cells.Distinct(StringComparer.OrdinalIgnoreCase).Count();
        if (2 * (cells.Length - numbers) > row.Count) return true;
        bool hasWord = cells.Any(cell => ColumnWords.IsLabel(cell) || ColumnWords.IsId(cell));
        return different == cells.Length && (hasWord || IsCounting(cells) || AreMangled(cells));
    }

    private static bool IsData(string cell) => PixelText.IsNumber(cell) || PixelList.IsOne(cell);

    // 0, 1, 2, ..., as pandas names columns without names; a label or an index may stand beside them.
    private static bool IsCounting(string[] cells)
    {
        int[] numbers = [.. cells.Where(cell => !cell.Contains('.', StringComparison.Ordinal)).Select(cell => int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)
            .SkipWhile(number => number < 0).TakeWhile(number => number >= 0)];
        return numbers.Length >= Math.Max(ShortestSeries, cells.Length - 2) && numbers[0] is 0 or 1 && numbers.Zip(numbers.Skip(1)).All(pair => pair.Second == pair.First + 1);
    }

    /// <summary>True for 0, 0.1, 0.2, ..., as pandas names columns after a first row of data with equal values, and R X0, X0.1, X0.2: they tell nothing about the columns.</summary>
    public static bool AreMangled(IReadOnlyCollection<string> cells)
    {
        var bases = new HashSet<string>(cells, StringComparer.Ordinal);
        int mangled = cells.Count(cell => cell.LastIndexOf('.') is > 0 and int dot && bases.Contains(cell[..dot]) && int.TryParse(cell.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0);
        return cells.Count >= ShortestSeries && 4 * mangled >= cells.Count;
    }
}
