using System.Globalization;
using System.Text;

namespace DigitML.Experiments.Evaluation;

/// <summary>The text of a confusion matrix, laid out as ML.NET does for multiclass metrics.</summary>
internal static class ConfusionTable
{
    private const string Corner = "PREDICTED";

    /// <summary>The table: an empty line first, a line break last.</summary>
    public static string Format(ConfusionMatrix matrix)
    {
        int classes = matrix.NumberOfClasses;
        int cellWidth = classes == 2 ? 8 : 5;
        int longestName = matrix.Labels.Max(name => name.Length);
        // A name that does not fit above its column is found by its index.
        bool useIndices = longestName > cellWidth;
        int indexWidth = useIndices ? Text($"{classes - 1}").Length : 0;
        int rowHeadWidth = Math.Max(Corner.Length, useIndices ? indexWidth + 2 + longestName : longestName);
        string rule = string.Concat(Enumerable.Repeat(new string('=', cellWidth + 3), classes));
        var keys = Enumerable.Range(0, classes);

        var table = new StringBuilder("\nConfusion table\n");
        Line("", rule);
        Line(Corner, string.Concat(keys.Select(key => $" {(useIndices ? Text($"{key}") : matrix.Labels[key]).PadLeft(cellWidth)} |")) + " Recall");
        Line("TRUTH", rule);
        foreach (int key in keys)
        {
            string cells = string.Concat(matrix.Counts[key].Select(count => $" {Text($"{count:N0}").PadLeft(cellWidth)} |"));
            Line(RowHead(key), cells + Text($" {matrix.PerClassRecall[key]:F4}"));
        }

        Line("", rule);
        Line("Precision", string.Concat(matrix.PerClassPrecision.Select(precision => $"{Text($"{precision:N4}").PadLeft(cellWidth + 1)} |")));
        return table.ToString();

        void Line(string head, string cells) => table.Append(head.PadRight(rowHeadWidth)).Append(" ||").Append(cells).Append('\n');

        string RowHead(int key) => useIndices
            ? $"{Text($"{key}").PadLeft(indexWidth)}. {matrix.Labels[key].PadLeft(rowHeadWidth - indexWidth - 2)}"
            : matrix.Labels[key].PadLeft(rowHeadWidth);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
