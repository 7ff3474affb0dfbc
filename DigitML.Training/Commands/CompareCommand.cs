using System.CommandLine;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Comparisons;
using DigitML.Experiments.RunFiles;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml compare</c>: runs side by side.</summary>
internal static class CompareCommand
{
    internal static Command Create(Terminal terminal)
    {
        var runs = new Argument<string[]>("runs")
        {
            HelpName = "RUN ...",
            Description = "Run folders, the folder of a sweep, metrics.json files, or patterns such as \"runs/*\"; all are compared with the first.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> page = FileOption.Optional("--out", "FILE.html", "Also write the comparison as an HTML page.");
        var differentData = new Option<bool>("--different-data") { Description = "Compare runs even if they were tested on different data." };
        var markdown = new Option<bool>("--markdown") { Description = "Print Markdown, for a pull request." };
        var charts = new ChartOptions();
        Option<bool> json = FileOption.Json();
        var command = new Command("compare", "Compares runs side by side: metrics, whether a difference is statistically significant, curves, and differences between their plans.") { runs, page, differentData, markdown };
        charts.AddTo(command);
        command.Add(json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(markdown) && result.GetValue(json)) result.AddError("--json and --markdown are two forms of the result; give one of them.");
        });
        command.SetAction(parsed =>
        {
            RunPaths paths = RunPaths.Of(parsed.GetRequiredValue(runs));
            if (paths.DescribeSkipped() is string skipped) terminal.Error.WriteLine(skipped);
            if (parsed.GetValue(page) is string written) RunFolder.CheckOutput("--out", written, paths.Runs.SelectMany(RunFolder.FilesOf));
            Comparison comparison = Comparison.Of(paths, parsed.GetValue(differentData));
            foreach (string reason in comparison.LeftOut) terminal.Error.WriteLine($"Left out: {reason}");
            IReadOnlyList<LineChart> curves = ComparisonPage.Charts(comparison);
            charts.Check(parsed, curves.Select(chart => chart.FileName));
            if (parsed.GetValue(page) is string file) ComparisonPage.Write(comparison, file);
            charts.Show(parsed, curves, matrix: null, [.. curves.Select(chart => (chart.FileName, chart.Draw()))], terminal, parsed.GetValue(json));
            if (parsed.GetValue(json)) terminal.WriteJson(ComparisonText.Json(comparison));
            else terminal.Output.Write(parsed.GetValue(markdown) ? ComparisonText.Markdown(comparison) : ComparisonText.Plain(comparison, terminal.Width));
        });
        return command.WithExamples("""
            digitml compare runs/first runs/second
            digitml compare "runs/*" --out comparison.html
            digitml compare runs/batch-sizes                                    the runs of a sweep
            digitml compare runs/first runs/second --markdown >> $GITHUB_STEP_SUMMARY
            digitml compare runs/first/metrics.json evaluations/first/metrics.json --json

            Runs are compared on the rows they were tested on; a run that was tested on other rows than the first is left out and named. If both have their predictions (predictions.csv), McNemar's
            exact test says whether the difference is statistically significant.
            """);
    }
}
