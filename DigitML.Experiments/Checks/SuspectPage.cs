using System.Globalization;
using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Reports;
using DigitML.Model.Files;

namespace DigitML.Experiments.Checks;

/// <summary>Rows whose label is likely wrong as a page with pictures, and as rows of a CSV file.</summary>
internal static class SuspectPage
{
    private const int MostPictures = 200;

    /// <summary>The columns of the CSV file.</summary>
    internal static string[] Header { get; } = ["rank", "row", "label", "suggested", "label_score", "suggested_score"];

    /// <summary>The rows of the CSV file.</summary>
    internal static IEnumerable<IReadOnlyList<string>> Rows(DigitDataset rows, IReadOnlyList<SuspectLabel> suspects) => suspects.Select((suspect, i) => new[]
    {
        CheckFiles.RowText(i), CheckFiles.RowText(suspect.Row), rows.LabelMap[suspect.Label], rows.LabelMap[suspect.Suggested], Score(suspect.LabelScore), Score(suspect.SuggestedScore),
    });

    /// <summary>The page.</summary>
    internal static string Html(DigitFile rows, IReadOnlyList<SuspectLabel> suspects)
    {
        DigitDataset dataset = rows.Dataset;
        string which = suspects.Count > MostPictures ? $"The first {MostPictures} of {DisplayText.Count(suspects.Count, "row")}; the CSV file beside this page has all." : $"All {DisplayText.Count(suspects.Count, "row")}.";
        Markup content = suspects.Count == 0
            ? Markup.Of($"<p>The networks expect no other label for any row.</p>")
            : Markup.Of($"""
                <p>{which} Each with its label, the label that networks expect that did not learn from the row, and their score for it. The likeliest mistakes come first.</p>
                {Pictures.Gallery(suspects.Take(MostPictures).Select(suspect => Item(dataset, suspect)))}
                """);
        return Page.Html($"Labels of {dataset.Name}", $"{DisplayText.Count(dataset.Count, "row")} of {dataset.Height}x{dataset.Width}; {rows.Reading}", [new Section("suspects", "Labels that are likely wrong", content)]);
    }

    private static Markup Item(DigitDataset rows, SuspectLabel suspect)
    {
        string label = rows.LabelMap[suspect.Label], suggested = rows.LabelMap[suspect.Suggested], score = Score(suspect.SuggestedScore);
        return Pictures.Captioned(rows, suspect.Row, $"row {suspect.Row + 1}: {label}, expected {suggested} with score {score}",
            Markup.Of($"""<span>{label} <span class="to">expected</span> <strong>{suggested}</strong></span><small>{score}</small>"""));
    }

    private static string Score(float score) => score.ToString("0.000", CultureInfo.InvariantCulture);
}
