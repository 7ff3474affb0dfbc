namespace DigitML.Experiments.Comparisons;

/// <summary>A row for which runs predict different classes.</summary>
/// <param name="Row">Number of the row, from 1.</param>
/// <param name="Label">Its true class.</param>
/// <param name="Predicted">The prediction of each run.</param>
internal sealed record Disagreement(int Row, string Label, IReadOnlyList<string> Predicted)
{
    /// <summary>Number of runs that are right.</summary>
    internal int Right => Predicted.Count(predicted => predicted == Label);

    /// <summary>True if a run is right.</summary>
    internal bool IsRight(int run) => Predicted[run] == Label;

    /// <summary>The runs with predictions for the same rows as the first of them; empty if there are not two.</summary>
    internal static ComparedRun[] ComparableOf(IEnumerable<ComparedRun> runs)
    {
        ComparedRun[] predicted = [.. runs.Where(run => run.Predictions is not null)];
        ComparedRun[] same = [.. predicted.Where(run => IsSame(predicted[0], run))];
        return same.Length > 1 ? same : [];
    }

    /// <summary>All such rows of runs with predictions for the same rows.</summary>
    internal static IEnumerable<Disagreement> Between(IReadOnlyList<ComparedRun> runs) =>
        from i in Enumerable.Range(0, runs[0].Predictions!.Count)
        let predicted = runs.Select(run => run.Predictions![i].Predicted).ToArray()
        where predicted.Distinct().Count() > 1
        select new Disagreement(runs[0].Predictions![i].Row, runs[0].Predictions![i].Label, predicted);

    private static bool IsSame(ComparedRun one, ComparedRun other) => one.Metrics.DatasetChecksum == other.Metrics.DatasetChecksum
        && one.Predictions!.Select(row => (row.Row, row.Label)).SequenceEqual(other.Predictions!.Select(row => (row.Row, row.Label)));
}
