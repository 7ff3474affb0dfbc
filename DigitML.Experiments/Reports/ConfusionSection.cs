using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Reports;

/// <summary>The confusion matrix and the most confused pairs of classes.</summary>
internal static class ConfusionSection
{
    private const int MostPairs = 10;

    internal static Section Of(ReportedEvaluation evaluation)
    {
        ConfusionCounts matrix = evaluation.Result.Confusion;
        var table = new ConfusionTable(matrix, PairsSection.PairsOf(evaluation.Result).ToHashSet());
        return new Section("confusion", "Confusion", Markup.Of($"""
            <div class="{(table.IsWide ? "above" : "beside")}">
            {table.Draw()}
            <div>
            {Pairs(matrix)}
            </div>
            </div>
            """));
    }

    private static Markup Pairs(ConfusionCounts matrix)
    {
        ConfusedPair[] pairs = [.. ConfusedPair.Of(matrix)];
        if (pairs.Length == 0) return Markup.Of($"<p>Every row was predicted correctly.</p>");
        string caption = pairs.Length > MostPairs ? $"The most confused of {pairs.Length:N0} pairs" : "The confused pairs";
        return Page.Table(caption, ["actual", "predicted", "rows", "share of class"], pairs.Take(MostPairs).Select(pair => (IReadOnlyList<Markup>)
        [
            Markup.Of($"{matrix.Labels[pair.Actual]}"), Markup.Of($"{matrix.Labels[pair.Predicted]}"),
            Markup.Of($"""<a href="#{PairsSection.IdOf(pair)}">{pair.Count:N0}</a>"""), Markup.Of($"{NumberText.Percent(pair.Share)}"),
        ]), texts: 2);
    }
}
