using DigitML.Experiments.Evaluation;
using static System.FormattableString;

namespace DigitML.Training.Terminals;

/// <summary>The confusion matrix of an evaluation as text: ML.NET's table, or a smaller one where a terminal is too narrow for it.</summary>
internal static class ConfusionTable
{
    private const int MostPairs = 10;

    /// <summary>The widest form that fits: ML.NET's table, a compact one, or the most confused pairs, as for more classes than a matrix shows.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="width">Columns of the terminal.</param>
    internal static string Of(EvaluationResult evaluation, int width) =>
        evaluation.Confusion.NumberOfClasses > ConfusionCounts.MostShown ? Pairs(evaluation) : FirstFitting(evaluation, width) ?? Pairs(evaluation);

    private static string? FirstFitting(EvaluationResult evaluation, int width) =>
        new Func<EvaluationResult, string>[] { MLNet, Compact }.Select(form => form(evaluation)).FirstOrDefault(text => text.Split('\n').Max(line => line.Length) < width);

    // ML.NET has a recall of 0 for a class without rows.
    private static string MLNet(EvaluationResult evaluation)
    {
        const int heading = 5;
        const string zero = "0.0000", none = "     -";
        string[] lines = evaluation.Metrics.ConfusionMatrix.GetFormattedConfusionTable().TrimEnd().Split('\n');
        foreach ((int key, int support) in evaluation.Confusion.PerClassSupport.Index())
        {
            string line = lines[heading + key].TrimEnd();
            if (support == 0 && line.EndsWith(zero, StringComparison.Ordinal)) lines[heading + key] = line[..^zero.Length] + none;
        }

        return string.Join('\n', lines.Select(line => line.TrimEnd()));
    }

    private static string Compact(EvaluationResult evaluation)
    {
        ConfusionCounts matrix = evaluation.Confusion;
        int cell = 1 + Math.Max(matrix.Labels.Max(label => label.Length), matrix.Counts.Max(row => row.Max(count => Invariant($"{count}").Length)));
        int head = Math.Max("actual".Length, matrix.Labels.Max(label => label.Length));
        return string.Join('\n',
        [
            "Confusion table: rows by actual (down) and predicted label (across)",
            $"{"actual".PadRight(head)} |{string.Concat(matrix.Labels.Select(label => label.PadLeft(cell)))} | recall",
            $"{new string('-', head)}-+{new string('-', cell * matrix.NumberOfClasses)}-+-------",
            .. matrix.Labels.Select((label, actual) => $"{label.PadLeft(head)} |{string.Concat(matrix.Counts[actual].Select(count => (count == 0 ? "." : Invariant($"{count}")).PadLeft(cell)))} | {Recall(matrix, actual)}"),
        ]);
    }

    private static string Recall(ConfusionCounts matrix, int actual) =>
        matrix.PerClassSupport[actual] is > 0 and int rows ? Invariant($"{(double)matrix.Counts[actual][actual] / rows:F4}") : "-";

    private static string Pairs(EvaluationResult evaluation)
    {
        ConfusionCounts matrix = evaluation.Confusion;
        ConfusedPair[] pairs = [.. ConfusedPair.Of(matrix)];
        if (pairs.Length == 0) return "Every row was predicted correctly.";
        return string.Join('\n',
        [
            pairs.Length > MostPairs ? Invariant($"The most confused of {pairs.Length:N0} pairs of labels ({(matrix.NumberOfClasses > ConfusionCounts.MostShown ? "evaluate --confusion writes" : "a wider terminal and the report show")} all):") : "The confused pairs of labels:",
            .. pairs.Take(MostPairs).Select(pair => Invariant($"  {pair.Count,5:N0}  {matrix.Labels[pair.Actual]} predicted as {matrix.Labels[pair.Predicted]}")),
        ]);
    }
}
