using System.Text;
using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Comparisons;

/// <summary>A comparison for the terminal, for a pull request, and for programs.</summary>
internal static class ComparisonText
{
    /// <summary>For a terminal of the given width.</summary>
    internal static string Plain(Comparison comparison, int width = int.MaxValue)
    {
        var text = new StringBuilder(Comparison.Table.Text(comparison.Runs, width));
        if (comparison.Differences.Length > 0)
        {
            text.Append($"\nAccuracy compared with {comparison.Runs[0].Name}:\n");
            int nameWidth = comparison.Differences.Max(difference => difference.Run.Length);
            foreach (AccuracyDifference difference in comparison.Differences)
            {
                string line = $"  {difference.Run.PadRight(nameWidth)}  {difference.Describe()}";
                if (line.Length < width) text.Append($"{line}\n");
                else text.Append($"  {difference.Run}\n").AppendJoin("", WrappedText.Lines(difference.Describe(), width - 4).Select(part => $"    {part}\n"));
            }
        }

        if (comparison.Settings.Length > 0)
        {
            text.Append("\nDifferences between their plans:\n");
            foreach (SettingDifference setting in comparison.Settings)
            {
                text.Append($"  {setting.Setting}\n");
                foreach (var (value, runs) in Groups(comparison, setting))
                {
                    string line = $"    {value}  ({runs})";
                    if (line.Length < width) text.Append($"{line}\n");
                    else text.Append($"    {value}\n").AppendJoin("", WrappedText.Lines(runs, width - 6).Select(part => $"      {part}\n"));
                }
            }
        }

        return text.ToString();
    }

    /// <summary>For a pull request.</summary>
    internal static string Markdown(Comparison comparison)
    {
        var text = new StringBuilder(Comparison.Table.Markdown(comparison.Runs));
        if (comparison.Differences.Length > 0)
        {
            text.Append($"\nAccuracy compared with {comparison.Runs[0].Name}:\n\n");
            foreach (AccuracyDifference difference in comparison.Differences) text.Append($"- **{difference.Run}**: {difference.Describe()}\n");
        }

        if (comparison.Settings.Length > 0)
        {
            text.Append("\n| setting | ").AppendJoin(" | ", comparison.Runs.Select(run => run.Name)).Append(" |\n|---|").Insert(text.Length, "---|", comparison.Runs.Length).Append('\n');
            foreach (SettingDifference setting in comparison.Settings)
            {
                text.Append($"| {setting.Setting} | ").AppendJoin(" | ", setting.Values.Select(value => value.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>For programs.</summary>
    internal static ComparisonJson Json(Comparison comparison) => new(
        [.. comparison.Runs.Select(run => new ComparisonJson.Run(
            run.Name, run.Path, run.Metrics.MicroAccuracy, run.Metrics.MacroAccuracy, run.Metrics.LogLoss, run.Mistakes, run.Metrics.Rows, run.Metrics.DatasetChecksum,
            run.History.Count, run.Seconds))],
        [.. comparison.Differences.Select(difference => new ComparisonJson.Difference(
            difference.Run, difference.Points, difference.Margin, difference.Test?.PValue, difference.Test?.OnlyFirstRight, difference.Test?.OnlySecondRight,
            difference.IsSignificant))],
        comparison.Settings.ToDictionary(setting => setting.Setting, setting => setting.Values));

    /// <summary>The values of a setting and the runs that have each.</summary>
    internal static IEnumerable<(string Value, string Runs)> Groups(Comparison comparison, SettingDifference setting) =>
        setting.Values.Zip(comparison.Runs, (value, run) => (Value: value, run.Name)).GroupBy(pair => pair.Value, (value, pairs) => (value, string.Join(", ", pairs.Select(pair => pair.Name))));
}
