using System.Globalization;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;

namespace DigitML.Experiments.Reports;

/// <summary>The confusion matrix and the most confused pairs of classes.</summary>
internal static class ConfusionSection
{
    private const int MostPairs = 10;

    internal static Section Of(ReportedEvaluation evaluation)
    {
        ConfusionCounts matrix = evaluation.Result.Confusion;
        return new Section("confusion", "Confusion", Markup.Of($"""
            <div class="beside">
            <figure class="wide">{new ConfusionHeatMap(matrix).Draw().InPage()}</figure>
            <div>
            {Pairs(matrix)}
            </div>
            </div>
            <details><summary>The counts as a table</summary>
            {Counts(matrix)}
            </details>
            """));
    }

    private static Markup Pairs(ConfusionCounts matrix)
    {
        ConfusedPair[] pairs = [.. ConfusedPair.Of(matrix)];
        if (pairs.Length == 0) return Markup.Of($"<p>Every row was predicted correctly.</p>");
        return Page.Table("The most confused pairs", ["actual", "predicted", "rows", "share of class"], pairs.Take(MostPairs).Select(pair => (IReadOnlyList<Markup>)
        [
            Markup.Of($"{matrix.Labels[pair.Actual]}"), Markup.Of($"{matrix.Labels[pair.Predicted]}"), Markup.Of($"{pair.Count}"),
            Markup.Of($"{pair.Share.ToString("0.00 %", CultureInfo.InvariantCulture)}"),
        ]));
    }

    private static Markup Counts(ConfusionCounts matrix) => Page.Table(
        "Rows by actual class (down) and predicted class (across)", ["actual", .. matrix.Labels, "all"],
        matrix.Counts.Select((row, key) => (IReadOnlyList<Markup>)
            [Markup.Of($"{matrix.Labels[key]}"), .. row.Select(count => Markup.Of($"{count}")), Markup.Of($"{matrix.PerClassSupport[key]}")]));
}
