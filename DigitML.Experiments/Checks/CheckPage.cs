using DigitML.Data;
using DigitML.Data.Checks;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Reports;
using DigitML.Model.Files;

namespace DigitML.Experiments.Checks;

/// <summary>The problems of a check as a page with pictures, and as rows of a CSV file.</summary>
internal static class CheckPage
{
    private const int MostPictures = 60;

    /// <summary>The columns of the CSV file.</summary>
    internal static string[] Header { get; } = ["problem", "row", "label", "other_row", "other_label"];

    private static readonly (RowProblemKind Kind, string Id, string Title, string Text)[] Kinds =
    [
        (RowProblemKind.OtherLabel, "other-label", "Equal pictures, different labels", "At least one of the two labels is wrong, or the picture is ambiguous."),
        (RowProblemKind.TestRowInTraining, "test-in-training", "Test rows among the training rows", "A model may remember them, so the test tells less about new digits."),
        (RowProblemKind.EmptyPicture, "empty-picture", "Empty pictures", "All pixels have one value."),
        (RowProblemKind.Duplicate, "duplicate", "Repeated rows", "Picture and label are those of an earlier row."),
    ];

    /// <summary>The rows of the CSV file.</summary>
    internal static IEnumerable<IReadOnlyList<string>> Rows(DatasetCheck check) => check.Problems.Select(problem => new[]
    {
        Kinds.Single(kind => kind.Kind == problem.Kind).Id,
        CheckFiles.RowText(problem.Row),
        DatasetSample.LabelOf(RowsOf(check, problem), problem.Row) ?? "",
        problem.OtherRow is { } row ? CheckFiles.RowText(row) : "",
        problem.OtherRow is { } other ? DatasetSample.LabelOf(check.Rows, other) ?? "" : "",
    });

    /// <summary>The page.</summary>
    /// <param name="title">Its heading: the name of the file.</param>
    /// <param name="subject">What was read from it.</param>
    /// <param name="check">The check.</param>
    internal static string Html(string title, string subject, DatasetCheck check)
    {
        Section[] sections = [Summary(check), .. Kinds.Where(kind => check.Count(kind.Kind) > 0).Select(kind => Gallery(check, kind.Kind, kind.Id, kind.Title, kind.Text))];
        return Page.Html(title, subject, sections);
    }

    private static Section Summary(DatasetCheck check) => new("summary", "What was found", check.Problems.Count == 0
        ? Markup.Of($"<p>No row stands out.</p>")
        : Page.Table("Rows that may be wrong", ["problem", "rows"], Kinds.Select(kind => (IReadOnlyList<Markup>)[Markup.Of($"{kind.Title}"), Markup.Of($"{check.Count(kind.Kind):N0}")])));

    private static Section Gallery(DatasetCheck check, RowProblemKind kind, string id, string title, string text)
    {
        RowProblem[] problems = [.. check.Problems.Where(problem => problem.Kind == kind)];
        string which = problems.Length > MostPictures ? $" The first {MostPictures} of {DisplayText.Count(problems.Length, "row")}; the CSV file beside this page has all." : "";
        return new Section(id, title, Markup.Of($"""
            <p>{text}{which}</p>
            {Pictures.Gallery(problems.Take(MostPictures).Select(problem => Item(check, problem)))}
            """));
    }

    private static Markup Item(DatasetCheck check, RowProblem problem)
    {
        DigitDataset rows = RowsOf(check, problem);
        string label = DatasetSample.LabelOf(rows, problem.Row) ?? "no label";
        string? other = problem.OtherRow is { } row ? $"{DatasetSample.LabelOf(check.Rows, row) ?? "no label"} in row {row + 1:N0}" : null;
        return Pictures.Captioned(rows, problem.Row, other is null ? label : $"{label}, {other}", Markup.Of($"<span>{label}</span>{(other is null ? null : Markup.Of($"<small>{other}</small>"))}"));
    }

    private static DigitDataset RowsOf(DatasetCheck check, RowProblem problem) => problem.Kind == RowProblemKind.TestRowInTraining ? check.Test! : check.Rows;
}
