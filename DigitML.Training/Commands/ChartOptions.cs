using System.CommandLine;
using DigitML.Training.Charts;
using DigitML.Training.Reports;
using Spectre.Console;

namespace DigitML.Training.Commands;

/// <summary><c>--charts</c> and <c>--plots</c>: the charts of a report in the terminal, and as files.</summary>
internal sealed class ChartOptions
{
    private readonly Option<bool> charts = new("--charts") { Description = "Draw the charts of the report in the terminal too; not with --json." };

    private readonly Option<string?> plots = FileOption.Optional("--plots", "DIR", "Write the charts of the report into this folder too, as SVG files.");

    internal void AddTo(Command command)
    {
        command.Add(charts);
        command.Add(plots);
    }

    /// <summary>Shows what is wanted of a report.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="report">The report.</param>
    /// <param name="terminal">Takes the drawings.</param>
    /// <param name="json">Whether the result is for a program, so that nothing is drawn.</param>
    /// <exception cref="Engine.DigitMLException">A file cannot be written.</exception>
    internal void Show(ParseResult parsed, Report report, Terminal terminal, bool json)
    {
        if (parsed.GetValue(plots) is string folder)
        {
            foreach (string file in Plots.Write(report, folder)) terminal.Error.WriteLine($"Plot: {file}");
        }

        if (parsed.GetValue(charts) && !json) Draw(report, terminal);
    }

    private static void Draw(Report report, Terminal terminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.HasColors ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal.HasColors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(terminal.Output),
        });
        if (report.Trainings.Length > 0)
        {
            foreach (LineChart chart in CurvesSection.Charts(report.Trainings))
            {
                console.WriteLine();
                TerminalCharts.Write(console, chart);
            }
        }

        if (report.Evaluation is not { } evaluation) return;
        console.WriteLine();
        TerminalCharts.Write(console, evaluation.Result.Metrics.ConfusionMatrix);
    }
}
