using DigitML.Engine.Reference;
using DigitML.Training;
using DigitML.Experiments.Devices;

namespace DigitML.Tests.EndToEnd;

/// <summary>One call of the console in this process.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">What went to the standard error.</param>
internal sealed record ConsoleRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command line on the reference device, which is fast enough for tiny networks and needs no threads.</summary>
    public static ConsoleRun Of(params string[] args) => Of(_ => new ReferenceDevice(), stopAtError: null, args);

    /// <summary>Runs a command line on the program's own devices.</summary>
    public static ConsoleRun OnCpu(params string[] args) => Of(openDevice: null, stopAtError: null, args);

    /// <summary>Runs a command line and asks it to stop as soon as the standard error holds a text.</summary>
    public static ConsoleRun StoppedAt(string stopAtError, params string[] args) => Of(_ => new ReferenceDevice(), stopAtError, args);

    /// <summary>The same on the program's own devices.</summary>
    public static ConsoleRun StoppedOnCpu(string stopAtError, params string[] args) => Of(openDevice: null, stopAtError, args);

    private static ConsoleRun Of(OpenDevice? openDevice, string? stopAtError, string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StoppingWriter(stopAtError, stop) { NewLine = "\n" };
        int exitCode = DigitMLConsole.Run(args, output, error, openDevice: openDevice, cancellation: stop.Token);
        return new ConsoleRun(exitCode, output.ToString(), error.ToString());
    }

    private sealed class StoppingWriter(string? stopAt, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (stopAt is not null && value is not null && value.Contains(stopAt, StringComparison.Ordinal)) stop.Cancel();
        }
    }
}
