using System.Globalization;
using System.Text;

namespace DigitML.Experiments.Summaries;

/// <summary>Which values of a column are better.</summary>
internal enum Better
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>Lower values.</summary>
    Lower,

    /// <summary>Higher values.</summary>
    Higher,
}

/// <summary>A column of a <see cref="RankedTable{TRow}"/>.</summary>
/// <param name="Title">Its header.</param>
/// <param name="Text">The text for a row; null for a missing value.</param>
/// <param name="Value">The value by which it is ranked; null for a missing value.</param>
/// <param name="Better">Which values are better.</param>
/// <param name="IsText">True if it holds text, which is left-aligned.</param>
/// <param name="IsOptional">True to leave it out where a terminal is too narrow for all columns.</param>
internal sealed record RankedColumn<TRow>(string Title, Func<TRow, string?> Text, Func<TRow, double?> Value, Better Better, bool IsText = false, bool IsOptional = false)
{
    /// <summary>A column of numbers.</summary>
    internal static RankedColumn<TRow> Number(string title, string format, Func<TRow, double?> value, Better better = Better.None, bool isOptional = false) =>
        new(title, row => value(row)?.ToString(format, CultureInfo.InvariantCulture), value, better, IsOptional: isOptional);

    /// <summary>A column of shares, as percentages.</summary>
    internal static RankedColumn<TRow> Percent(string title, Func<TRow, double?> value, Better better = Better.None) =>
        new(title, row => value(row) is double share ? NumberText.Percent(share) : null, value, better);

    /// <summary>A column of text.</summary>
    internal static RankedColumn<TRow> Words(string title, Func<TRow, string> text) => new(title, text, _ => null, Better.None, IsText: true);
}

/// <summary>A cell as displayed.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsBest">True if its value is the best of the column.</param>
internal readonly record struct RankedCell(string Text, bool IsBest);

/// <summary>A table with the best value of each column marked. Columns without any value are omitted.</summary>
/// <param name="columns">The columns.</param>
/// <param name="best">What the star means.</param>
internal sealed class RankedTable<TRow>(IReadOnlyList<RankedColumn<TRow>> columns, string best = "best in its column")
{
    private const string Gap = "  ";

    /// <summary>The columns that have a value for one of the rows.</summary>
    internal IReadOnlyList<RankedColumn<TRow>> ColumnsOf(IReadOnlyList<TRow> rows) => [.. columns.Where(column => rows.Any(row => column.Text(row) is not null))];

    /// <summary>The cells of <see cref="ColumnsOf"/>, column by column; "-" for a missing value.</summary>
    internal RankedCell[][] Cells(IReadOnlyList<TRow> rows) =>
    [
        .. ColumnsOf(rows).Select(column =>
        {
            double? best = column.Better switch { Better.Lower => rows.Min(column.Value), Better.Higher => rows.Max(column.Value), _ => null };
            return rows.Select(row => new RankedCell(column.Text(row) ?? "-", best is not null && column.Value(row) == best)).ToArray();
        }),
    ];

    /// <summary>As aligned text, with a star after the best values.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="width">Columns of the terminal. Where the table is wider, titles are broken; then optional columns are left out, and texts go above the numbers.</param>
    internal string Text(IReadOnlyList<TRow> rows, int width = int.MaxValue)
    {
        RankedColumn<TRow>[] shown = [.. ColumnsOf(rows)];
        RankedCell[][] all = Cells(rows);
        string[][] cells = [.. all.Select(column => column.Select(cell => $"{cell.Text}{(cell.IsBest ? '*' : ' ')}").ToArray())];
        string[][] titles = [.. shown.Select(column => (string[])[$"{column.Title} "])];
        if (WidthOf(titles, cells) > width) titles = [.. shown.Select(column => Words(column.Title))];
        if (WidthOf(titles, cells) > width)
        {
            int[] kept = [.. Enumerable.Range(0, shown.Length).Where(i => !shown[i].IsOptional)];
            (shown, titles, cells) = ([.. kept.Select(i => shown[i])], [.. kept.Select(i => titles[i])], [.. kept.Select(i => cells[i])]);
        }

        bool isStacked = WidthOf(titles, cells) > width;
        int[][] lines = isStacked
            ? [[.. Enumerable.Range(0, shown.Length).Where(i => shown[i].IsText)], [.. Enumerable.Range(0, shown.Length).Where(i => !shown[i].IsText)]]
            : [[.. Enumerable.Range(0, shown.Length)]];
        if (isStacked) foreach (int i in lines[0]) titles[i] = [$"{shown[i].Title} "];

        int[] widths = Widths(titles, cells);
        var table = new StringBuilder();
        foreach (int[] columns in lines) AppendTitles(columns);
        for (int row = 0; row < rows.Count; row++) foreach (int[] columns in lines) Append(columns, i => cells[i][row]);
        if (all.Any(column => column.Any(cell => cell.IsBest))) table.Append(CultureInfo.InvariantCulture, $"* {best}\n");
        return table.ToString();

        void AppendTitles(int[] columns)
        {
            int height = columns.Length == 0 ? 0 : columns.Max(i => titles[i].Length);
            for (int line = 0; line < height; line++) Append(columns, i => line - height + titles[i].Length is >= 0 and int word ? titles[i][word] : "");
        }

        void Append(int[] columns, Func<int, string> text)
        {
            if (columns.Length == 0) return;
            table.Append(string.Join(Gap, columns.Select(i => shown[i].IsText ? text(i).PadRight(widths[i]) : text(i).PadLeft(widths[i]))).TrimEnd()).Append('\n');
        }
    }

    /// <summary>As a Markdown table, with the best values bold.</summary>
    internal string Markdown(IReadOnlyList<TRow> rows)
    {
        IReadOnlyList<RankedColumn<TRow>> shown = ColumnsOf(rows);
        RankedCell[][] cells = Cells(rows);
        var table = new StringBuilder();
        table.Append("| ").AppendJoin(" | ", shown.Select(column => column.Title)).Append(" |\n|");
        foreach (RankedColumn<TRow> column in shown) table.Append(column.IsText ? "---|" : "---:|");
        table.Append('\n');
        for (int row = 0; row < rows.Count; row++)
        {
            table.Append("| ").AppendJoin(" | ", cells.Select(column => column[row].IsBest ? $"**{column[row].Text}**" : column[row].Text)).Append(" |\n");
        }

        return table.ToString();
    }

    // A path is broken after its points.
    private static string[] Words(string title) => [.. title.Replace(".", ". ", StringComparison.Ordinal).Split(' ').Select(word => $"{word} ")];

    private static int[] Widths(string[][] titles, string[][] cells) => [.. titles.Zip(cells, (title, column) => title.Concat(column).Max(text => text.Length))];

    private static int WidthOf(string[][] titles, string[][] cells)
    {
        int[] widths = Widths(titles, cells);
        return widths.Sum() + Gap.Length * (widths.Length - 1);
    }
}
