using System.Globalization;
using System.Text;

namespace DigitML.Training.Sweeps;

/// <summary>The settings of a sweep side by side, the best value of each column marked.</summary>
internal static class SweepTable
{
    private static readonly Column[] Columns =
    [
        new("epochs", "N0", row => row.Epochs, Better.None),
        new("batch size", "N0", row => row.BatchSize, Better.None),
        new("seconds per epoch", "N1", row => row.SecondsPerEpoch, Better.Lower),
        new("seconds", "N1", row => row.Seconds, Better.Lower),
        new("training loss", "F4", row => row.TrainingLoss, Better.Lower),
        new("training accuracy", "F4", row => row.TrainingAccuracy, Better.Higher),
        new("validation accuracy", "F4", row => row.ValidationAccuracy, Better.Higher),
        new("test accuracy", "F4", row => row.TestAccuracy, Better.Higher),
    ];

    private enum Better
    {
        None,
        Lower,
        Higher,
    }

    /// <summary>In columns, the best values with a star.</summary>
    internal static string Text(IReadOnlyList<SweepRow> rows)
    {
        string[][] cells = Cells(rows, best: value => $"{value}*", other: value => $"{value} ");
        int[] widths = [.. cells.Select(column => column.Max(cell => cell.Length))];
        var text = new StringBuilder();
        for (int line = 0; line <= rows.Count; line++)
        {
            text.Append(string.Join("  ", cells.Select((column, i) => column[line].PadLeft(widths[i]))).TrimEnd()).Append('\n');
        }

        return text.Append("* the best of its column\n").ToString();
    }

    /// <summary>As a Markdown table, the best values bold.</summary>
    internal static string Markdown(IReadOnlyList<SweepRow> rows)
    {
        string[][] cells = Cells(rows, best: value => $"**{value}**", other: value => value);
        var text = new StringBuilder();
        for (int line = 0; line <= rows.Count; line++)
        {
            text.Append("| ").AppendJoin(" | ", cells.Select(column => column[line])).Append(" |\n");
            if (line == 0) text.Append('|').Insert(text.Length, "---:|", cells.Length).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Column by column, the title first. Columns without any value are left out.</summary>
    private static string[][] Cells(IReadOnlyList<SweepRow> rows, Func<string, string> best, Func<string, string> other) =>
    [
        .. Columns.Where(column => rows.Any(row => column.Value(row) is not null)).Select(column =>
        {
            double?[] values = [.. rows.Select(column.Value)];
            double? bestValue = column.Better switch { Better.Lower => values.Min(), Better.Higher => values.Max(), _ => null };
            return (string[])
            [
                other(column.Title),
                .. values.Select(value => value is not double number ? other("-")
                    : (number == bestValue ? best : other)(number.ToString(column.Format, CultureInfo.InvariantCulture))),
            ];
        }),
    ];

    private sealed record Column(string Title, string Format, Func<SweepRow, double?> Value, Better Better);
}
