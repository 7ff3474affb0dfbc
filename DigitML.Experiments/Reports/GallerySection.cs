using System.Globalization;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;

namespace DigitML.Experiments.Reports;

/// <summary>Pictures of individual rows with their predicted classes.</summary>
internal static class GallerySection
{
    private const int MostMistakes = 60, MostDoubts = 20;

    /// <summary>The mistakes, the most confident first.</summary>
    internal static Section Mistakes(ReportedEvaluation evaluation)
    {
        ScoredRow[] mistakes = [.. evaluation.Result.Predictions.Where(row => !row.IsCorrect).OrderByDescending(row => row.Score)];
        string which = mistakes.Length > MostMistakes ? $"The {MostMistakes} most confident of {mistakes.Length} mistakes" : "All mistakes, most confident first";
        return new Section("mistakes", "Worst mistakes", mistakes.Length == 0
            ? Markup.Of($"<p>There are no mistakes.</p>")
            : Gallery(evaluation, mistakes.Take(MostMistakes), $"{which}: the true class, the predicted class and its score."));
    }

    /// <summary>The correct predictions with the lowest scores.</summary>
    internal static Section LeastCertain(ReportedEvaluation evaluation) => new(
        "doubts", "Least confident correct predictions", Gallery(
            evaluation, evaluation.Result.Predictions.Where(row => row.IsCorrect).OrderBy(row => row.Score).Take(MostDoubts),
            "Predicted correctly, with the lowest scores."));

    private static Markup Gallery(ReportedEvaluation evaluation, IEnumerable<ScoredRow> rows, string note) => Markup.Of($"""
        <p>{note}</p>
        <ul class="gallery">
        {rows.Select(row => Item(evaluation.Images, row))}
        </ul>
        """);

    private static Markup Item(DigitDataset images, ScoredRow row)
    {
        string actual = images.LabelMap[row.Actual], predicted = images.LabelMap[row.Predicted];
        string score = row.Score.ToString("0.000", CultureInfo.InvariantCulture);
        string description = row.IsCorrect ? $"row {row.Row + 1}: {actual}, score {score}" : $"row {row.Row + 1}: {actual}, predicted {predicted} with score {score}";
        Markup caption = row.IsCorrect ? Markup.Of($"{actual}") : Markup.Of($"""{actual} <span aria-hidden="true">→</span> <strong>{predicted}</strong>""");
        return Markup.Of($"""
            <li><figure title="{description}">{Pictures.Of(images.Image(row.Row), images.Height, images.Width, description)}<figcaption>{caption}<br><small>{score}</small></figcaption></figure></li>
            """);
    }
}
