using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Reports;
using DigitML.Experiments.Summaries;
using static System.FormattableString;

namespace DigitML.Experiments.Comparisons;

/// <summary>F1 of each class in each run: a column per run, or, of more runs than fit across a screen, a row per run.</summary>
internal static class ClassesTable
{
    private const int MostColumns = 12;

    internal static Markup Of(IReadOnlyList<ComparedRun> runs)
    {
        string[] labels = [.. runs.SelectMany(run => run.Metrics.Labels).Distinct()];
        Markup[][] byClass = [.. labels.Select(label => Cells([.. runs.Select(run => run.Metrics.PerClass.FirstOrDefault(one => one.Label == label))]))];
        return runs.Count <= MostColumns
            ? Page.Table("F1 of each class", ["class", .. runs.Select(run => run.Name)], labels.Select((label, i) => (IReadOnlyList<Markup>)[Markup.Of($"{label}"), .. byClass[i]]))
            : Page.Table("F1 of each class", ["run", .. labels], runs.Select((run, i) => (IReadOnlyList<Markup>)[Markup.Of($"{run.Name}"), .. byClass.Select(cells => cells[i])]));
    }

    // Without rows of a class, its F1 is undefined, which is not a zero.
    private static Markup[] Cells(ClassMetrics?[] runs)
    {
        double best = runs.Max(one => one is { Support: > 0 } ? one.F1 : double.NegativeInfinity);
        return [.. runs.Select(one => one switch
        {
            null => Markup.Of($"{Page.Missing}"),
            { Support: 0 } => Markup.Of($"{Page.NoRows}"),
            _ => ComparisonPage.Cell(new RankedCell(Invariant($"{one.F1:F4}"), one.F1 == best)),
        })];
    }
}
