using System.Globalization;
using System.Text;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Summaries;
using DigitML.Model.Files;

namespace DigitML.Experiments.Reports;

/// <summary>Pictures of individual rows with their predicted classes.</summary>
internal static class GallerySection
{
    private const int MostMistakes = 60, MostDoubts = 20;

    /// <summary>The mistakes, the most confident first.</summary>
    internal static Section Mistakes(ReportedEvaluation evaluation)
    {
        ScoredRow[] mistakes = [.. evaluation.Result.Predictions.Where(row => !row.IsCorrect).OrderByDescending(row => row.Score)];
        string which = mistakes.Length > MostMistakes ? $"The {MostMistakes} most confident of {DisplayText.Count(mistakes.Length, "mistake")}" : "All mistakes, most confident first";
        return new Section("mistakes", "Worst mistakes", mistakes.Length == 0
            ? Markup.Of($"<p>There are no mistakes.</p>")
            : Markup.Of($"""
                <p>{which}: the true class, the predicted class, its score, and the number of the row.</p>
                {Gallery(evaluation, mistakes.Take(MostMistakes))}
                {Download(evaluation, mistakes)}
                """));
    }

    /// <summary>The correct predictions with the lowest scores; there is one.</summary>
    internal static Section LeastCertain(ReportedEvaluation evaluation) => new("doubts", "Least confident correct predictions", Markup.Of($"""
        <p>Predicted correctly, with the lowest scores.</p>
        {Gallery(evaluation, evaluation.Result.Predictions.Where(row => row.IsCorrect).OrderBy(row => row.Score).Take(MostDoubts))}
        """));

    /// <summary>Pictures of rows.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="hasLabels">True to name their classes below them.</param>
    internal static Markup Gallery(ReportedEvaluation evaluation, IEnumerable<ScoredRow> rows, bool hasLabels = true) =>
        Pictures.Gallery(rows.Select(row => Item(evaluation.Images, row, hasLabels)));

    private static Markup Item(DigitDataset images, ScoredRow row, bool hasLabels)
    {
        string actual = images.LabelMap[row.Actual], predicted = images.LabelMap[row.Predicted];
        string score = row.Score.ToString("0.000", CultureInfo.InvariantCulture);
        string description = row.IsCorrect ? $"row {row.Row + 1}: {actual}, score {score}" : $"row {row.Row + 1}: {actual}, predicted {predicted} with score {score}";
        Markup? labels = !hasLabels ? null
            : row.IsCorrect ? Markup.Of($"<span>{actual}</span>")
            : Markup.Of($"""<span>{actual} <span class="to">predicted</span> <strong>{predicted}</strong></span>""");
        return Pictures.Captioned(images, row.Row, description, Markup.Of($"{labels}<small>{score}</small>"));
    }

    // The file is inside the page, which may be sent without its folder.
    private static Markup Download(ReportedEvaluation evaluation, ScoredRow[] mistakes)
    {
        string csv = PredictionsFile.ToCsv(mistakes, evaluation.Result.LabelMap);
        string size = mistakes.Length == 1 ? "The mistake" : string.Create(CultureInfo.InvariantCulture, $"All {mistakes.Length:N0} mistakes");
        return Markup.Of($"""
            <p class="download"><a download="mistakes.csv" href="data:text/csv;charset=utf-8;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(csv))}">{size} as CSV</a>
            {(evaluation.HasPredictionsFile ? Markup.Of($"(<code>predictions.csv</code> beside this page has all {evaluation.Result.RowCount:N0} rows)") : null)}</p>
            """);
    }
}
