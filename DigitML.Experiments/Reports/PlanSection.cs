using DigitML.Experiments.CommandLines;
using System.Collections.Immutable;
using DigitML.Data.Recipes;
using DigitML.Experiments.Charts;
using DigitML.Experiments.RunFiles;
using static System.FormattableString;

namespace DigitML.Experiments.Reports;

/// <summary>The plan of the run, its data and its environment.</summary>
internal static class PlanSection
{
    internal static Section Of(ImmutableArray<ReportedTraining> trainings, Recipe? recipe)
    {
        RunPlan plan = trainings[0].Plan;
        (string Name, string Value)[] entries =
        [
            ("Data", Invariant($"{CommandLineText.Relative(plan.Data.Path)}: {plan.Data.Rows:N0} rows of {plan.ImageHeight}x{plan.ImageWidth}, SHA-256 {plan.Data.Sha256[..12]}…")),
            ("Split", Invariant($"{plan.Split.TrainingRows:N0} training rows, {plan.Split.ValidationRows:N0} held out")),
            ("Test data", plan.TestData is { } test ? Invariant($"{CommandLineText.Relative(test.Path)}: {test.Rows:N0} rows, SHA-256 {test.Sha256[..12]}…") : "none"),
            .. plan.BaseModel is { } model ? ((string, string)[])[("Retrained from", CommandLineText.Relative(model.Path))] : [],
            .. plan.Command is { } command ? ((string, string)[])[("Command as typed", command)] : [],
            ("Seed", string.Join(", ", trainings.Select(training => training.Plan.Seed))),
            ("Device", $"{plan.Device.Name}: {plan.Device.Description}"),
            ("Numeric mode", plan.NumericMode.ToString().ToLowerInvariant()),
            ("Machine", Invariant($"{plan.Machine.Cpu}, {plan.Machine.Cores} processors, {plan.Machine.Architecture}")),
            ("Software", $"DigitML {plan.Machine.Program}, {plan.Machine.Runtime}, {plan.Machine.Os}"),
        ];
        return new Section("plan", "Plan and environment", Markup.Of($"""
            <dl class="facts">
            {entries.Select(entry => Markup.Of($"<dt>{entry.Name}</dt><dd>{entry.Value}</dd>"))}
            </dl>
            {(recipe is null ? null : Markup.Of($"""
                <details><summary>The recipe</summary>
                <pre tabindex="0">{recipe.ToJson()}</pre>
                </details>
                """))}
            """));
    }
}
