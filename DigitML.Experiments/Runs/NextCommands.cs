using DigitML.Experiments.CommandLines;
using System.Collections.Immutable;

namespace DigitML.Experiments.Runs;

/// <summary>What to type once a model is trained.</summary>
internal static class NextCommands
{
    /// <summary>The command lines.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="testData">The test data file; null where there is none.</param>
    internal static ImmutableArray<string> Of(string model, string? testData) =>
    [
        TypedCommand.Of("evaluate", "--model", model, "--data", testData is null ? "FILE.csv" : TypedCommand.Relative(testData)),
        TypedCommand.Of("predict", "--model", model, "--image", "digit.png"),
        TypedCommand.Of("predict", "--model", model, "--data", "test.csv", "--out", "submission.csv"),
        TypedCommand.Of("serve", "--model", model),
        TypedCommand.Of("export", "--model", model, "--template", "console", "--out", "DigitReader"),
    ];
}
