using DigitML.Data;
using DigitML.Experiments.Devices;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;
using Spectre.Console;

namespace DigitML.Training.Terminals;

/// <summary>Where a command writes its output.</summary>
/// <param name="Output">Receives results.</param>
/// <param name="Error">Receives progress, notes and errors.</param>
/// <param name="IsInteractive">True if <paramref name="Error"/> can redraw its last line.</param>
/// <param name="HasColors">True if <paramref name="Output"/> is a terminal, which shows colours.</param>
/// <param name="Cancellation">Asks for a clean stop.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive, bool HasColors, CancellationToken Cancellation)
{
    /// <summary>True to report more than usual.</summary>
    internal bool IsVerbose { get; init; }

    /// <summary>The same without progress and notes.</summary>
    internal Terminal Quiet() => this with { Error = new WarningWriter(Error), IsInteractive = false };

    /// <summary>Says what was taken from a data file.</summary>
    internal void TellReading(string path, DigitFile file) => Error.WriteLine($"{path}: {file.Reading}");

    /// <summary>Writes a result for programs, indented.</summary>
    internal void WriteJson<T>(T result) => Output.WriteLine(ResultJson.Of(result));

    /// <summary>Writes a result for programs on one line, for logs of many results.</summary>
    internal void WriteJsonLine<T>(T result) => Output.WriteLine(ResultJson.LineOf(result));

    /// <summary>Draws tables and charts on <see cref="Output"/>, as wide and as colourful as the terminal.</summary>
    internal IAnsiConsole CreateConsole() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = HasColors ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = HasColors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Out = new AnsiConsoleOutput(Output),
    });

    /// <summary>Columns for results; unlimited where they go into a file or a pipe.</summary>
    internal int Width => HasColors ? new AnsiConsoleOutput(Output).Width : int.MaxValue;

    /// <summary>The environment of a run: progress, devices, cancellation.</summary>
    internal RunEnvironment Environment(OpenDevice openDevice) => new(Error, IsInteractive, ProgressWidth, openDevice, Cancellation) { IsVerbose = IsVerbose };

    private int ProgressWidth => IsInteractive ? new AnsiConsoleOutput(Error).Width : int.MaxValue;
}
