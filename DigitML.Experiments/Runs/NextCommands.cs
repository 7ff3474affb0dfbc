using DigitML.Experiments.CommandLines;
using DigitML.Experiments.RunFiles;
using System.Collections.Immutable;

namespace DigitML.Experiments.Runs;

/// <summary>The commands that are useful once a model is trained.</summary>
internal static class NextCommands
{
    /// <summary>The command lines.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="plan">The plan of the run, whose files the commands name.</param>
    internal static ImmutableArray<string> Of(string model, RunPlan plan) =>
    [
        .. plan.TestData is { } test ? (string[])[CommandLineText.Of("evaluate", "--model", model, "--data", CommandLineText.Relative(test.Path))] : [],
        CommandLineText.Of("predict", "--model", model, "--data", CommandLineText.Relative((plan.TestData ?? plan.Data).Path), "--out", "predictions.csv"),
        CommandLineText.Of("serve", "--model", model),
        .. Path.GetExtension(model) == ".zip" ? (string[])[] : [CommandLineText.Of("export", "--model", model, "--template", "console", "--out", "DigitReader")],
    ];
}
