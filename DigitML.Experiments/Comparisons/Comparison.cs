using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.Experiments.Summaries;
using DigitML.Model.Files;

namespace DigitML.Experiments.Comparisons;

/// <summary>Compares runs side by side: the first run is the baseline for the others.</summary>
public sealed class Comparison
{
    private Comparison(ImmutableArray<ComparedRun> runs, ImmutableArray<AccuracyDifference> differences, ImmutableArray<SettingDifference> settings, ImmutableArray<string> leftOut)
    {
        LeftOut = leftOut;
        Runs = runs;
        Differences = differences;
        Settings = settings;
    }

    /// <summary>The difference in accuracy of every run except the first; empty if the runs were evaluated on different data.</summary>
    public ImmutableArray<AccuracyDifference> Differences { get; }

    /// <summary>Why runs were left out, a sentence each: their metrics cannot be read, or they were evaluated on other rows.</summary>
    public ImmutableArray<string> LeftOut { get; }

    /// <summary>The runs, two or more.</summary>
    internal ImmutableArray<ComparedRun> Runs { get; }

    /// <summary>The settings in which their plans differ.</summary>
    internal ImmutableArray<SettingDifference> Settings { get; }

    /// <summary>The columns of the comparison table.</summary>
    internal static RankedTable<ComparedRun> Table { get; } = new(
    [
        RankedColumn<ComparedRun>.Words("run", run => run.Name),
        RankedColumn<ComparedRun>.Percent("accuracy", run => run.Metrics.MicroAccuracy, Better.Higher),
        RankedColumn<ComparedRun>.Percent("macro accuracy", run => run.Metrics.MacroAccuracy, Better.Higher),
        RankedColumn<ComparedRun>.Number("log-loss", "F4", run => run.Metrics.LogLoss, Better.Lower),
        RankedColumn<ComparedRun>.Number("mistakes", "N0", run => run.Mistakes, Better.Lower),
        RankedColumn<ComparedRun>.Number("rows", "N0", run => run.Metrics.Rows, isOptional: true),
        RankedColumn<ComparedRun>.Percent("validation accuracy", run => run.History.Count > 0 ? run.History[^1].ValidationAccuracy : null, Better.Higher),
        RankedColumn<ComparedRun>.Number("epochs", "N0", run => run.History.Count > 0 ? run.History.Count : null, isOptional: true),
        RankedColumn<ComparedRun>.Number("seconds", "N0", run => run.Seconds, Better.Lower),
    ]);

    /// <summary>Reads evaluated runs and compares those that were evaluated on the same rows as the first; <see cref="LeftOut"/> names the others.</summary>
    /// <param name="paths">Run folders, folders of runs, metrics files, or patterns of them with * and ?; two runs or more.</param>
    /// <param name="allowDifferentData">True to compare runs that were evaluated on different data too.</param>
    /// <exception cref="DigitMLException">Fewer than two can be compared.</exception>
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
        var runs = new List<ComparedRun>();
        var leftOut = new List<string>();
        foreach (string path in found)
        {
            try
            {
                ComparedRun run = ComparedRun.Read(path, "");
                if (allowDifferentData || runs.Count == 0 || IsOnSameRows(run, runs[0])) runs.Add(run);
                else leftOut.Add($"{run.Path} was evaluated on {RowsOf(run)} but {runs[0].Path} on {RowsOf(runs[0])}; evaluate both on the same rows, or add --different-data.");
            }
            catch (DigitMLException e)
            {
                leftOut.Add(e.Message);
            }
        }

        if (runs.Count < 2) throw new DigitMLException(leftOut.Count > 0 ? leftOut[0] : $"{string.Join(' ', paths.Named)} names only one run; a comparison needs two or more.");
        string[] names = RunPaths.NamesOf([.. runs.Select(run => run.Path)]);
        for (int i = 0; i < names.Length; i++) runs[i] = runs[i] with { Name = names[i] };
        return new Comparison(
            [.. runs], runs.All(run => IsOnSameRows(run, runs[0])) ? [.. runs.Skip(1).Select(run => AccuracyDifference.Of(runs[0], run))] : [],
            [.. SettingDifference.Between([.. runs.Select(run => run.Plan)])], [.. leftOut]);
    }

    private static bool IsOnSameRows(ComparedRun run, ComparedRun other) => run.Metrics.DatasetChecksum == other.Metrics.DatasetChecksum;

    private static string RowsOf(ComparedRun run) => $"the {DisplayText.Count(run.Metrics.Rows, "row")} of {run.Metrics.Dataset}";

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
