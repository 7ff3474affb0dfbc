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
internal sealed record RankedColumn<TRow>(string Title, Func<TRow, string?> Text, Func<TRow, double?> Value, Better Better, bool IsText = false)
{
    /// <summary>A column of numbers.</summary>
    internal static RankedColumn<TRow> Number(string title, string format, Func<TRow, double?> value, Better better = Better.None) =>
        new(title, row => value(row)?.ToString(format, CultureInfo.InvariantCulture), value, better);

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
    internal string Text(IReadOnlyList<TRow> rows)
    {
        IReadOnlyList<RankedColumn<TRow>> shown = ColumnsOf(rows);
        RankedCell[][] all = Cells(rows);
        string[][] texts = [.. shown.Zip(all, (column, cells) => (string[])[$"{column.Title} ", .. cells.Select(cell => $"{cell.Text}{(cell.IsBest ? '*' : ' ')}")])];
        int[] widths = [.. texts.Select(column => column.Max(text => text.Length))];
        var table = new StringBuilder();
        for (int line = 0; line <= rows.Count; line++)
        {
            table.Append(string.Join("  ", texts.Select((column, i) => shown[i].IsText ? column[line].PadRight(widths[i]) : column[line].PadLeft(widths[i]))).TrimEnd()).Append('\n');
        }

        if (all.Any(column => column.Any(cell => cell.IsBest))) table.Append(CultureInfo.InvariantCulture, $"* {best}\n");
        return table.ToString();
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
}
