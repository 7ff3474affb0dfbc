using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using DigitML.Engine;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Runs;
using DigitML.Experiments.Search;
using DigitML.Training.Commands;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training;

/// <summary>The program <c>digitml</c> as a function of its arguments: results to one writer, progress and errors to the other, an exit code.</summary>
internal static class DigitMLConsole
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments after the program's name.</param>
    /// <param name="output">Receives results.</param>
    /// <param name="error">Receives progress and error lines.</param>
    /// <param name="isInteractive">True if <paramref name="error"/> is a terminal that can redraw a line.</param>
    /// <param name="hasColors">True if <paramref name="output"/> is a terminal, which shows colours.</param>
    /// <param name="openDevice">Opens the devices; null for the real ones.</param>
    /// <param name="cancellation">Asks for a clean stop.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(
        string[] args, TextWriter output, TextWriter error, bool isInteractive = false, bool hasColors = false, OpenDevice? openDevice = null,
        CancellationToken cancellation = default)
    {
        var terminal = new Terminal(output, error, isInteractive, hasColors, cancellation);
        ParseResult parsed = Parse(terminal);
        bool isVerbose = parsed.GetValue(Verbosity.Verbose);
        if (isVerbose || parsed.GetValue(Verbosity.Quiet)) parsed = Parse(isVerbose ? terminal with { IsVerbose = true } : terminal.Quiet());
        if (parsed.Action is ParseErrorAction)
        {
            error.WriteLine($"error: {ErrorText.Of(UsageError.Describe(parsed))}");
            return ExitCode.WrongUsage;
        }

        if (parsed.Action is HelpAction) return Help.Write(parsed, output, terminal.Width);
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException e) when (e is RunStoppedException or SearchStoppedException)
        {
            error.WriteLine(e.Message);
            return ExitCode.Cancelled;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            error.WriteLine("Stopped; nothing was written.");
            return ExitCode.Cancelled;
        }
        catch (Exception e)
        {
            error.WriteLine($"error: {ErrorText.Of(Describe(e))}");
            if (isVerbose) error.WriteLine(e);
            return ExitCode.Failed;
        }

        ParseResult Parse(Terminal shown) => CreateRoot(shown, openDevice ?? (request => request.Open())).Parse(args);
    }

    internal static RootCommand CreateRoot(Terminal terminal, OpenDevice openDevice)
    {
        var root = new RootCommand("Trains handwritten-digit recognisers and puts them to work.") { HelpName = "digitml" };
        Command[] commands =
        [
            TrainCommand.Create(terminal, openDevice),
            RetrainCommand.Create(terminal, openDevice),
            BuildCommand.Create(terminal, openDevice),
            SweepCommand.Create(terminal, openDevice),
            CompareCommand.Create(terminal),
            EvaluateCommand.Create(terminal, openDevice),
            PredictCommand.Create(terminal, openDevice),
            EnsembleCommand.Create(terminal),
            ExportCommand.Create(terminal),
            ServeCommand.Create(terminal),
            SummaryCommand.Create(terminal),
            RecipesCommand.Create(terminal),
            DataCommand.Create(terminal, openDevice),
            DevicesCommand.Create(terminal),
            BenchCommand.Create(terminal, openDevice),
        ];
        foreach (Command command in commands) root.Add(command);
        Verbosity.AddTo(root);
        return root.WithExamples("""
            digitml train                                                        trains and tests on the MNIST files in data
            digitml predict --model runs/NAME/model.onnx --image digit.png
            digitml train --help                                                 all options of train, with examples
            """);
    }

    private static string Describe(Exception e) => e switch
    {
        DigitMLException or IOException or UnauthorizedAccessException => e.Message,
        OutOfMemoryException => "there is not enough memory for this; use a smaller --batch-size or fewer rows.",
        _ => $"unexpected failure: {e.Message} (--verbose shows where)",
    };
}
