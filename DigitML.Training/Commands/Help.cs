using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.CompilerServices;
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
    internal static int Write(ParseResult parsed, TextWriter output)
    {
        parsed.Invoke(new InvocationConfiguration { Output = output, Error = output });
        if (!Examples.TryGetValue(parsed.CommandResult.Command, out string? examples)) return ExitCode.Done;
        output.WriteLine("Examples:");
        foreach (string line in examples.Split('\n')) output.WriteLine(line.Length == 0 ? line : $"  {line}");
        output.WriteLine();
        return ExitCode.Done;
    }
}
