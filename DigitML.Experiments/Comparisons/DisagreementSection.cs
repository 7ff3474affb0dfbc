using DigitML.Engine.Datasets;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Reports;
using DigitML.Experiments.Summaries;
using DigitML.Model.Files;

namespace DigitML.Experiments.Comparisons;

/// <summary>Pictures of the rows that runs predict differently: of two runs, by which of them is right; of more, those first that divide the runs most evenly.</summary>
internal sealed class DisagreementSection
{
    private const int MostOfGroup = 28, MostInAll = 56, MostNamed = 4;

    private readonly ComparedRun[] runs;
    private readonly DigitDataset? pixels;

    private DisagreementSection(ComparedRun[] runs, DigitDataset? pixels) => (this.runs, this.pixels) = (runs, pixels);

    /// <summary>The section; null if fewer than two runs have predictions for the same rows.</summary>
    internal static Section? Of(IEnumerable<ComparedRun> all)
    {
        ComparedRun[] runs = Disagreement.ComparableOf(all);
        if (runs.Length == 0) return null;
        Disagreement[] rows = [.. Disagreement.Between(runs)];
        return new Section("disagreements", "Rows on which they disagree", new DisagreementSection(runs, rows.Length == 0 ? null : EvaluatedRows.Of(runs)).Draw(rows));
    }

    private Markup Draw(Disagreement[] rows)
    {
        if (rows.Length == 0) return Markup.Of($"<p>They predict the same class for every row.</p>");
        string missing = pixels is null ? " The pictures are missing: the file of the rows is not where the runs read it, or has changed." : "";
        return Markup.Of($"""
            <p>{DisplayText.Count(rows.Length, "row")} of {DisplayText.Count(runs[0].Predictions!.Count, "row")}.{missing}</p>
            {(runs.Length == 2 ? Groups(rows) : Gallery([.. rows.OrderBy(row => Math.Abs(2 * row.Right - runs.Length))], MostInAll, "those first that divide the runs most evenly"))}
            """);
    }

    private Markup Groups(Disagreement[] rows) => Markup.Of($"""
        {Group($"Only {runs[0].Name} is right", [.. rows.Where(row => row.IsRight(0))])}
        {Group($"Only {runs[1].Name} is right", [.. rows.Where(row => row.IsRight(1))])}
        {Group("Both are wrong, in different ways", [.. rows.Where(row => row.Right == 0)])}
        """);

    private Markup? Group(string title, Disagreement[] rows) => rows.Length == 0 ? null : Markup.Of($"""
        <h3>{title}: {DisplayText.Count(rows.Length, "row")}</h3>
        {Gallery(rows, MostOfGroup, "in the order of the file")}
        """);

    private Markup Gallery(Disagreement[] rows, int most, string order) => Markup.Of($"""
        {(rows.Length > most ? Markup.Of($"<p>The first {most}, {order}.</p>") : null)}
        <ul class="gallery disagreements">
        {rows.Take(most).Select(Item)}
        </ul>
        """);

    private Markup Item(Disagreement row)
    {
        IEnumerable<(bool IsRight, string Text)> lines = runs.Length <= MostNamed
            ? runs.Select((run, i) => (row.IsRight(i), $"{run.Name}: {row.Predicted[i]}"))
            : row.Predicted.GroupBy(predicted => predicted).OrderByDescending(group => group.Count())
                .Select(group => (group.Key == row.Label, $"{group.Key}: {DisplayText.Count(group.Count(), "run")}"));
        return Pictures.Captioned(pixels, row.Row - 1, $"row {row.Row}: {row.Label}", Markup.Of($"""<span>label <strong>{row.Label}</strong></span>{lines.Select(line =>
            Markup.Of($"""<span><span class="mark">{(line.IsRight ? "✓" : "✗")}</span> {line.Text}</span>"""))}"""));
    }
}
