using System.Collections.Immutable;
using DigitML.Data.Recipes;
using DigitML.Experiments.Charts;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Summaries;
using DigitML.Model.Files;
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
            ("Data", Invariant($"{CommandLineText.Relative(plan.Data.Path)}: {DisplayText.Count(plan.Data.Rows!.Value, "row")} of {plan.ImageHeight}x{plan.ImageWidth}, SHA-256 {plan.Data.Sha256[..12]}…")),
            ("Split", Invariant($"{DisplayText.Count(plan.Split.TrainingRows, "training row")}, {plan.Split.ValidationRows:N0} held out")),
            ("Test data", plan.TestData is { } test ? Invariant($"{CommandLineText.Relative(test.Path)}: {DisplayText.Count(test.Rows!.Value, "row")}, SHA-256 {test.Sha256[..12]}…") : "none"),
            .. plan.BaseModel is { } model ? ((string, string)[])[("Retrained from", CommandLineText.Relative(model.Path))] : [],
            .. plan.Command is { } command ? ((string, string)[])[("Command as typed", command)] : [],
            (trainings.Length == 1 ? "Seed" : "Seeds", string.Join(", ", trainings.Select(training => training.Plan.Seed))),
            ("Device", $"{plan.Device.Name}: {plan.Device.Description}"),
            ("Numeric mode", plan.NumericMode.ToString().ToLowerInvariant()),
            ("Machine", Invariant($"{plan.Machine.Cpu}, {DisplayText.Count(plan.Machine.Cores, "processor")}, {plan.Machine.Architecture}")),
            ("Software", $"DigitML {plan.Machine.Program}, {plan.Machine.Runtime}, {plan.Machine.Os}"),
        ];
        return new Section("plan", "Plan and environment", Markup.Of($"""
            <dl class="facts">
            {entries.Select(entry => Markup.Of($"<dt>{entry.Name}</dt><dd>{entry.Value}</dd>"))}
            </dl>
            {(recipe is null ? null : Markup.Of($"""
                <details><summary>The recipe</summary>
                <pre>{recipe.ToJson()}</pre>
                </details>
                """))}
            """));
    }
}
