using System.CommandLine;
using System.CommandLine.Parsing;

namespace DigitML.Training.Options;

/// <summary>The options of every command that say how much it reports beside its result.</summary>
internal static class Verbosity
{
    /// <summary>True for errors and warnings only.</summary>
    internal static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Report errors and warnings only, without progress and notes.", Recursive = true };

    /// <summary>True for more.</summary>
    internal static Option<bool> Verbose { get; } = new("--verbose") { Description = "Also report the recipe, the algorithm of each convolution, and where an unexpected failure happened.", Recursive = true };

    internal static void AddTo(Command root)
    {
        root.Add(Quiet);
        root.Add(Verbose);
        root.Validators.Add(Check);
        foreach (Command command in root.Subcommands.SelectMany(command => command.Subcommands.Prepend(command))) command.Validators.Add(Check);
    }

    private static void Check(CommandResult result)
    {
        if (result.GetValue(Quiet) && result.GetValue(Verbose)) result.AddError("--quiet and --verbose contradict each other; give one of them.");
    }
}
