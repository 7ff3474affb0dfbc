using System.Globalization;
using DigitML.Engine.Files;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Comparisons;

/// <summary>A comparison as a self-contained HTML file.</summary>
internal static class ComparisonPage
{
    private const int MostLines = 12;

    /// <summary>Writes the page atomically.</summary>
    /// <exception cref="Engine.DigitMLException">The file cannot be written.</exception>
    internal static void Write(Comparison comparison, string path) => AtomicFile.WriteText(path, Html(comparison));

    /// <summary>The charts: validation (or, without it, training) accuracy and loss of the runs with a history, or of the best twelve if there are more.</summary>
    internal static IReadOnlyList<LineChart> Charts(Comparison comparison)
    {
        ComparedRun[] runs = [.. comparison.Runs.Where(run => run.History.Count > 0).OrderByDescending(run => run.Metrics.MicroAccuracy).Take(MostLines)];
        runs = [.. comparison.Runs.Where(run => runs.Contains(run))];
        if (runs.Length == 0) return [];
        bool isValidated = runs.All(run => run.History[^1].ValidationLoss is not null);
        string which = isValidated ? "Validation" : "Training";
        return
        [
            new LineChart($"{which} error rate", [.. runs.Select((run, i) => Line(run, i, epoch => 1 - (isValidated ? epoch.ValidationAccuracy!.Value : epoch.Accuracy)))], ValueAxis.ErrorRate),
            new LineChart($"{which} loss", [.. runs.Select((run, i) => Line(run, i, epoch => isValidated ? epoch.ValidationLoss!.Value : epoch.Loss))], ValueAxis.Logarithmic),
        ];
    }

    private static string Html(Comparison comparison) => Page.Html(
        string.Create(CultureInfo.InvariantCulture, $"{comparison.Runs.Length} runs compared"),
        string.Join(", ", comparison.Runs.Select(run => run.Metrics.Dataset).Distinct()), [.. Sections(comparison)]);

    private static IEnumerable<Section> Sections(Comparison comparison)
    {
        yield return new Section("metrics", "Metrics", Metrics(comparison));
        if (comparison.Differences.Length > 0) yield return new Section("differences", "Differences", Differences(comparison));
        if (Charts(comparison) is { Count: > 0 } charts)
        {
            yield return new Section("curves", "Curves", Markup.Of($"""
                <div class="charts">
                {charts.Select(chart => chart.InPage())}
                </div>
                """));
        }

        if (DisagreementSection.Of(comparison.Runs) is { } disagreements) yield return disagreements;
        yield return new Section("classes", "Classes", ClassesTable.Of(comparison.Runs));
        if (comparison.Settings.Length > 0) yield return new Section("plans", "Differences between their plans", Settings(comparison));
    }

    private static Markup Metrics(Comparison comparison)
    {
        RankedCell[][] cells = Comparison.Table.Cells(comparison.Runs);
        return Markup.Of($"""
            {Page.Table("Runs; the best value in each column is bold", [.. Comparison.Table.ColumnsOf(comparison.Runs).Select(column => column.Title)],
                Enumerable.Range(0, comparison.Runs.Length).Select(run => (IReadOnlyList<Markup>)[.. cells.Select(column => Cell(column[run]))]))}
            """);
    }

    /// <summary>A cell of a table; the best value is bold.</summary>
    internal static Markup Cell(RankedCell cell) => cell.IsBest ? Markup.Of($"<strong>{cell.Text}</strong>") : Markup.Of($"{cell.Text}");

    private static Markup Differences(Comparison comparison) => Markup.Of($"""
        <p>Accuracy compared with {comparison.Runs[0].Name}. Where predictions were kept, McNemar's exact test counts the rows that only one of the two predicts correctly; otherwise
        the interval assumes two independent sets of rows.</p>
        <ul>
        {comparison.Differences.Select(difference => Markup.Of($"<li><strong>{difference.Run}</strong>: {difference.Describe()}</li>"))}
        </ul>
        """);

    private static Markup Settings(Comparison comparison) => Markup.Of($"""
        <dl class="facts">
        {comparison.Settings.Select(setting => Markup.Of($"<dt>{setting.Setting}</dt><dd>{ComparisonText.Groups(comparison, setting).Select(group => Markup.Of($"<div>{group.Value} <small>({group.Runs})</small></div>"))}</dd>"))}
        </dl>
        """);

    private static Series Line(ComparedRun run, int index, Func<RunEpoch, double> value) =>
        new(run.Name, [.. run.History.Select(epoch => ((double)epoch.Epoch, value(epoch)))], index, IsDashed: index >= MostLines / 2);
}
