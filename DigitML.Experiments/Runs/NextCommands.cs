using DigitML.Experiments.CommandLines;
using System.Collections.Immutable;

namespace DigitML.Experiments.Runs;

/// <summary>The commands that are useful once a model is trained.</summary>
internal static class NextCommands
{
    /// <summary>The command lines.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="testData">The test data file; null if there is none.</param>
    internal static ImmutableArray<string> Of(string model, string? testData) =>
    [
        CommandLineText.Of("evaluate", "--model", model, "--data", testData is null ? "FILE.csv" : CommandLineText.Relative(testData)),
        CommandLineText.Of("predict", "--model", model, "--image", "digit.png"),
        CommandLineText.Of("predict", "--model", model, "--data", "test.csv", "--out", "submission.csv"),
        CommandLineText.Of("serve", "--model", model),
        .. Path.GetExtension(model) == ".zip" ? (string[])[] : [CommandLineText.Of("export", "--model", model, "--template", "console", "--out", "DigitReader")],
    ];
}
