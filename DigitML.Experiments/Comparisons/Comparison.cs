using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Comparisons;

/// <summary>Runs side by side; the first is what the others are compared with.</summary>
/// <param name="Runs">The runs, two or more.</param>
/// <param name="Differences">Of every run but the first in accuracy; none where the runs were measured on different data.</param>
/// <param name="Settings">In what their plans differ.</param>
internal sealed record Comparison(ImmutableArray<ComparedRun> Runs, ImmutableArray<AccuracyDifference> Differences, ImmutableArray<SettingDifference> Settings)
{
    /// <summary>The columns that runs are set side by side in.</summary>
    internal static RankedTable<ComparedRun> Table { get; } = new(
    [
        RankedColumn<ComparedRun>.Words("run", run => run.Name),
        RankedColumn<ComparedRun>.Number("accuracy", "F4", run => run.Metrics.MicroAccuracy, Better.Higher),
        RankedColumn<ComparedRun>.Number("macro accuracy", "F4", run => run.Metrics.MacroAccuracy, Better.Higher),
        RankedColumn<ComparedRun>.Number("log-loss", "F4", run => run.Metrics.LogLoss, Better.Lower),
        RankedColumn<ComparedRun>.Number("mistakes", "N0", run => run.Mistakes, Better.Lower),
        RankedColumn<ComparedRun>.Number("rows", "N0", run => run.Metrics.Rows),
        RankedColumn<ComparedRun>.Number("validation accuracy", "F4", run => run.History.Count > 0 ? run.History[^1].ValidationAccuracy : null, Better.Higher),
        RankedColumn<ComparedRun>.Number("epochs", "N0", run => run.History.Count > 0 ? run.History.Count : null),
        RankedColumn<ComparedRun>.Number("seconds", "N0", run => run.Seconds, Better.Lower),
    ]);

    /// <summary>Reads and compares runs.</summary>
    /// <param name="named">Folders, metrics files, or patterns of them.</param>
    /// <param name="allowDifferentData">Whether they may have been measured on different data.</param>
    /// <exception cref="DigitMLException">There are fewer than two, one cannot be read, or they were measured on different data.</exception>
    internal static Comparison Of(IReadOnlyList<string> named, bool allowDifferentData)
    {
        string[] paths = RunPaths.Expand(named);
        if (paths.Length < 2) throw new DigitMLException($"{string.Join(' ', named)} names one run; a comparison needs two or more.");
        string[] names = RunPaths.NamesOf(paths);
        ImmutableArray<ComparedRun> runs = [.. paths.Select((path, i) => ComparedRun.Read(path, names[i]))];
        ComparedRun? other = runs.FirstOrDefault(run => run.Metrics.DatasetChecksum != runs[0].Metrics.DatasetChecksum);
        if (other is not null && !allowDifferentData)
        {
            throw new DigitMLException(
                $"{other.Path} was measured on {other.Metrics.Dataset} ({other.Metrics.Rows} rows) but {runs[0].Path} on {runs[0].Metrics.Dataset} ({runs[0].Metrics.Rows} rows); "
                + "evaluate both on the same rows, or say --different-data.");
        }

        return new Comparison(
            runs, other is null ? [.. runs.Skip(1).Select(run => AccuracyDifference.Of(runs[0], run))] : [], [.. SettingDifference.Between([.. runs.Select(run => run.Plan)])]);
    }
}
