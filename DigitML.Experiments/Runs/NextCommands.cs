using System.Collections.Immutable;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Runs;

/// <summary>The commands that are useful once a model is trained.</summary>
internal static class NextCommands
{
    /// <summary>The command lines.</summary>
    /// <param name="folder">The run's folder, which stands for its model.</param>
    /// <param name="plan">The plan of the run, whose files the commands name.</param>
    internal static ImmutableArray<string> Of(RunFolder folder, RunPlan plan) =>
    [
        .. plan.TestData is { } test ? (string[])[CommandLineText.Of(["evaluate", "--model", folder.Path, "--data", CommandLineText.Relative(test.Path), .. LayoutWords.Of(plan.Layout)])] : [],
        CommandLineText.Of(["predict", "--model", folder.Path, "--data", CommandLineText.Relative((plan.TestData ?? plan.Data).Path), .. LayoutWords.Of(plan.Layout), "--out", "predictions.csv"]),
        CommandLineText.Of("serve", "--model", folder.Path),
        .. plan.Recipe is not null ? (string[])[CommandLineText.Of("export", "--model", folder.Path, "--template", "console", "--out", "DigitReader")] : [],
    ];
}
