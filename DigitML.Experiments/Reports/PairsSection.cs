using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Summaries;
using DigitML.Model.Files;

namespace DigitML.Experiments.Reports;

/// <summary>The mistakes by pair of actual and predicted class, the most frequent pairs first. The cells of the confusion matrix link to them.</summary>
internal static class PairsSection
{
    // They keep a report of thousands of mistakes below a megabyte or so.
    private const int MostPairs = 100, MostOfPair = 12;

    /// <summary>The pairs that are shown.</summary>
    internal static ConfusedPair[] PairsOf(EvaluationResult result) => [.. ConfusedPair.Of(result.Confusion).Take(MostPairs)];

    /// <summary>The id of a pair's pictures.</summary>
    internal static string IdOf(ConfusedPair pair) => $"pair-{pair.Actual}-{pair.Predicted}";

    internal static Section Of(ReportedEvaluation evaluation)
    {
        ConfusedPair[] pairs = PairsOf(evaluation.Result);
        int all = ConfusedPair.Of(evaluation.Result.Confusion).Count();
        ILookup<(int, int), ScoredRow> rows = evaluation.Result.Predictions.Where(row => !row.IsCorrect).OrderByDescending(row => row.Score).ToLookup(row => (row.Actual, row.Predicted));
        return new Section("pairs", "Mistakes by pair of classes", Markup.Of($"""
            <p>{(pairs.Length < all ? $"The {pairs.Length} most frequent of {all:N0} pairs" : "All pairs, most frequent first")}; below each picture the score of the predicted class.</p>
            <div class="pairs">
            {pairs.Select(pair => Pair(evaluation, pair, [.. rows[(pair.Actual, pair.Predicted)]]))}
            </div>
            """));
    }

    private static Markup Pair(ReportedEvaluation evaluation, ConfusedPair pair, ScoredRow[] rows)
    {
        IReadOnlyList<string> labels = evaluation.Result.Confusion.Labels;
        string count = rows.Length > MostOfPair ? $"{MostOfPair} of {DisplayText.Count(rows.Length, "row")}" : DisplayText.Count(rows.Length, "row");
        return Markup.Of($"""
            <div class="pair" id="{IdOf(pair)}">
            <h3>{labels[pair.Actual]} <span class="to">predicted</span> {labels[pair.Predicted]} <small>{count}</small></h3>
            {GallerySection.Gallery(evaluation, rows.Take(MostOfPair), hasLabels: false)}
            </div>
            """);
    }
}
