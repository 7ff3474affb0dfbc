using System.CommandLine;
using DigitML.Engine;
using DigitML.Engine.Files;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Reports;
using DigitML.Training.Terminals;
using Spectre.Console;

namespace DigitML.Training.Options;

/// <summary><c>--charts</c> and <c>--plots</c>: the charts of a report in the terminal, and as files.</summary>
internal sealed class ChartOptions
{
    private readonly Option<bool> charts = new("--charts") { Description = "Also draw the charts of the report in the terminal, except with --json." };

    private readonly Option<string?> folder = FileOption.Optional("--plots", "DIR", "Also write the charts of the report to this folder, as SVG files.");

    internal void AddTo(Command command)
    {
        command.Add(charts);
        command.Add(folder);
    }

    /// <summary>Refuses, before the work, to overwrite files other than plots, and a folder in which nothing can be written.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="names">Names of the charts that will be written.</param>
    /// <exception cref="DigitMLException">A file is another one, or cannot be written.</exception>
    internal void Check(ParseResult parsed, IEnumerable<string> names)
    {
        if (parsed.GetValue(folder) is not string path) return;
        foreach (string file in names.Select(name => FileOf(path, name)))
        {
            if (File.Exists(file) && !Svg.IsFile(file)) throw new DigitMLException($"{file} is not a plot that DigitML wrote and would be overwritten; choose another folder for --plots.");
            AtomicFile.Check(file);
        }
    }

    /// <summary>Shows the requested charts of a report.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="report">The report.</param>
    /// <param name="terminal">Receives the charts.</param>
    /// <param name="json">True if the result is for a program, so that nothing is drawn.</param>
    /// <exception cref="DigitMLException">A file cannot be written.</exception>
    internal void Show(ParseResult parsed, Report report, Terminal terminal, bool json) => Show(
        parsed, report.Trainings.Length > 0 ? CurvesSection.Charts(report.Trainings) : [], report.Evaluation?.Result.Confusion, Plots.Of(report), terminal, json);

    /// <summary>Shows the requested charts.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="curves">Charts to draw in the terminal.</param>
    /// <param name="matrix">Confusion matrix to draw after them; null for none.</param>
    /// <param name="plots">Charts to write, by file name.</param>
    /// <param name="terminal">Receives the charts.</param>
    /// <param name="json">True if the result is for a program, so that nothing is drawn.</param>
    /// <exception cref="DigitMLException">A file cannot be written.</exception>
    internal void Show(ParseResult parsed, IEnumerable<LineChart> curves, ConfusionCounts? matrix, IEnumerable<(string Name, Svg Chart)> plots, Terminal terminal, bool json)
    {
        if (parsed.GetValue(folder) is string path) Write(plots, path, terminal);
        if (!parsed.GetValue(charts) || json) return;
        IAnsiConsole console = terminal.CreateConsole();
        foreach (LineChart chart in curves)
        {
            console.WriteLine();
            TerminalCharts.Write(console, chart);
        }

        console.WriteLine();
        if (matrix is not null) TerminalCharts.Write(console, matrix);
    }

    private static string FileOf(string folder, string name) => Path.Combine(folder, $"{name}.svg");

    private static void Write(IEnumerable<(string Name, Svg Chart)> plots, string folder, Terminal terminal)
    {
        foreach (var (name, chart) in plots)
        {
            string file = FileOf(folder, name);
            AtomicFile.WriteText(file, chart.ToFile());
            terminal.Error.WriteLine($"Plot: {file}");
        }
    }
}
