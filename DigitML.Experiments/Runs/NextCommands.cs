using DigitML.Experiments.CommandLines;
using DigitML.Experiments.RunFiles;
using System.Collections.Immutable;

namespace DigitML.Experiments.Runs;

/// <summary>The commands that are useful once a model is trained.</summary>
internal static class NextCommands
{
    /// <summary>The command lines.</summary>
    /// <param name="model">The model file, in the run's folder, which stands for it.</param>
    /// <param name="plan">The plan of the run, whose files the commands name.</param>
    internal static ImmutableArray<string> Of(string model, RunPlan plan) => Of(Path.GetDirectoryName(model)!, isOnnx: Path.GetExtension(model) != ".zip", plan);

    private static ImmutableArray<string> Of(string run, bool isOnnx, RunPlan plan) =>
    [
        .. plan.TestData is { } test ? (string[])[CommandLineText.Of("evaluate", "--model", run, "--data", CommandLineText.Relative(test.Path))] : [],
        CommandLineText.Of("predict", "--model", run, "--data", CommandLineText.Relative((plan.TestData ?? plan.Data).Path), "--out", "predictions.csv"),
        CommandLineText.Of("serve", "--model", run),
        .. isOnnx ? (string[])[CommandLineText.Of("export", "--model", run, "--template", "console", "--out", "DigitReader")] : [],
    ];
}
