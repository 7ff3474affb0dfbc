using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.CompilerServices;
using DigitML.Experiments.Summaries;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary>The help of a command: System.CommandLine's lists, then examples.</summary>
internal static class Help
{
    private static readonly ConditionalWeakTable<Command, string> Examples = [];

    /// <summary>Adds examples to a command's help.</summary>
    internal static TCommand WithExamples<TCommand>(this TCommand command, string examples) where TCommand : Command
    {
        Examples.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>Writes the help of the command that was typed.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="output">Receives the text.</param>
    /// <param name="width">Columns of the terminal; a comment that would not fit beside its example goes below it.</param>
    internal static int Write(ParseResult parsed, TextWriter output, int width)
    {
        parsed.Invoke(new InvocationConfiguration { Output = output, Error = output });
        if (!Examples.TryGetValue(parsed.CommandResult.Command, out string? examples)) return ExitCode.Done;
        output.WriteLine("Examples:");
        foreach (string line in examples.Split('\n').SelectMany(line => Lines(line, width - 2))) output.WriteLine(line.Length == 0 ? line : $"  {line}");
        output.WriteLine();
        return ExitCode.Done;
    }

    private static List<string> Lines(string example, int width)
    {
        if (example.Length < width) return [example];
        int comment = example.IndexOf("  ", StringComparison.Ordinal);
        return comment < 0 ? WrappedText.Lines(example, width) : [example[..comment], .. WrappedText.Lines(example[comment..].Trim(), width - 4).Select(line => $"    {line}")];
    }
}
