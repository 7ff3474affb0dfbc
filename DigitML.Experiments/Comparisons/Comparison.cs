using System.Collections.Immutable;
using System.Globalization;
using DigitML.Engine;
using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Comparisons;

/// <summary>Compares runs side by side: the first run is the baseline for the others.</summary>
public sealed class Comparison
{
    private Comparison(ImmutableArray<ComparedRun> runs, ImmutableArray<AccuracyDifference> differences, ImmutableArray<SettingDifference> settings)
    {
        Runs = runs;
        Differences = differences;
        Settings = settings;
    }

    /// <summary>The difference in accuracy of every run except the first; empty if the runs were evaluated on different data.</summary>
    public ImmutableArray<AccuracyDifference> Differences { get; }

    /// <summary>The runs, two or more.</summary>
    internal ImmutableArray<ComparedRun> Runs { get; }

    /// <summary>The settings in which their plans differ.</summary>
    internal ImmutableArray<SettingDifference> Settings { get; }

    /// <summary>The columns of the comparison table.</summary>
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

    /// <summary>Reads and compares evaluated runs.</summary>
    /// <param name="paths">Run folders, metrics files, or patterns of them with * and ?; two runs or more.</param>
    /// <param name="allowDifferentData">True to allow runs that were evaluated on different data.</param>
    /// <exception cref="DigitMLException">There are fewer than two, one cannot be read, or they were evaluated on different data.</exception>
    public static Comparison Of(IReadOnlyList<string> paths, bool allowDifferentData = false)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Of(RunPaths.Of(paths), allowDifferentData);
    }

    /// <summary>The same with patterns expanded.</summary>
    /// <exception cref="DigitMLException">As above.</exception>
    internal static Comparison Of(RunPaths paths, bool allowDifferentData)
    {
        string[] found = paths.Runs;
        if (found.Length < 2) throw new DigitMLException($"{string.Join(' ', paths.Named)} names only one run; a comparison needs two or more.");
        string[] names = RunPaths.NamesOf(found);
        ImmutableArray<ComparedRun> runs = [.. found.Select((path, i) => ComparedRun.Read(path, names[i]))];
        ComparedRun? other = runs.FirstOrDefault(run => run.Metrics.DatasetChecksum != runs[0].Metrics.DatasetChecksum);
        if (other is not null && !allowDifferentData)
        {
            throw new DigitMLException($"{other.Path} was evaluated on {RowsOf(other)} but {runs[0].Path} on {RowsOf(runs[0])}; evaluate both on the same rows, or add --different-data.");
        }

        return new Comparison(
            runs, other is null ? [.. runs.Skip(1).Select(run => AccuracyDifference.Of(runs[0], run))] : [], [.. SettingDifference.Between([.. runs.Select(run => run.Plan)])]);
    }

    private static string RowsOf(ComparedRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"the {run.Metrics.Rows:N0} {(run.Metrics.Rows == 1 ? "row" : "rows")} of {run.Metrics.Dataset}");

    /// <summary>Returns the comparison as plain text: metrics, differences in accuracy, and differences between the plans.</summary>
    public string ToText() => ComparisonText.Plain(this);

    /// <summary>Returns the same as Markdown, for a pull request.</summary>
    public string ToMarkdown() => ComparisonText.Markdown(this);

    /// <summary>Writes the comparison, with curves, as a self-contained HTML file, atomically.</summary>
    /// <param name="path">The file to write.</param>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public void WritePage(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ComparisonPage.Write(this, path);
    }
}
