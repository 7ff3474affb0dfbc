using System.CommandLine;
using System.CommandLine.Parsing;

namespace DigitML.Training.Options;

/// <summary>Finds a recipe setting that a command line gives twice: by two --set options, or by --set and an option of its own.</summary>
internal static class SettingConflict
{
    private static readonly (string Option, string[] Paths)[] Owned =
    [
        ("--epochs", ["training.epochs"]),
        ("--batch-size", ["training.batchSize"]),
        ("--epochs-batch", ["training.epochs", "training.batchSize"]),
        ("--learning-rate", ["training.learningRate.rate", "training.learningRate.peakRate"]),
        ("--seed", ["training.seed"]),
        ("--networks", ["networks"]),
        ("--test-time-shifts", ["testTimeShift"]),
    ];

    /// <summary>The conflict in words; null if there is none.</summary>
    /// <param name="result">The parsed command.</param>
    /// <param name="settings">Its --set option.</param>
    internal static string? Describe(CommandResult result, Option settings)
    {
        string[] paths = [.. (result.GetResult(settings)?.Tokens ?? []).Select(token => token.Value.Split('=')[0].Trim())];
        if (paths.CountBy(path => path).FirstOrDefault(path => path.Value > 1) is { Value: > 1, Key: var twice }) return $"--set {twice} is given twice; give it once.";
        foreach (Option option in result.Command.Options.Where(option => result.GetResult(option) is { Implicit: false }))
        {
            string[] owned = Owned.FirstOrDefault(one => one.Option == option.Name).Paths ?? [];
            string? path = paths.FirstOrDefault(path => owned.Any(one => one == path || one.StartsWith($"{path}.", StringComparison.Ordinal)));
            if (path is not null) return $"{option.Name} and --set {path} set the same value; give one of them.";
        }

        return null;
    }
}
