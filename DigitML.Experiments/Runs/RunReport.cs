using System.Collections.Immutable;
using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Model;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Runs;

/// <summary>The report of a finished run.</summary>
internal static class RunReport
{
    /// <summary>Collects the content of the report.</summary>
    /// <param name="folder">The run's folder, with its model.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="model">The model.</param>
    /// <param name="networks">The folder and plan of each network.</param>
    /// <param name="inputs">The rows of the run.</param>
    /// <param name="evaluation">The model on the rows that give the metrics; null without such rows.</param>
    internal static Report Of(
        RunFolder folder, Recipe? recipe, DigitModel? model, IReadOnlyList<(RunFolder Folder, RunPlan Plan)> networks, RunInputs inputs, EvaluationResult? evaluation)
    {
        ImmutableArray<ReportedTraining> trainings = [.. networks.Select(network => new ReportedTraining(network.Plan, RunHistory.Read(network.Folder.History), inputs.Training))];
        RunPlan plan = trainings[0].Plan;
        ReportedEvaluation? reported = evaluation is null ? null : inputs.Test is { } test
            ? new ReportedEvaluation(evaluation, test.Dataset, "test")
            : new ReportedEvaluation(evaluation, inputs.Validation!, "validation");
        ImmutableArray<string> commands = [.. ReproduceCommand.Of(plan, recipe, folder.Recipe) is { } reproduce ? (string[])[reproduce] : [], .. NextCommands.Of(folder, plan)];
        return new Report(folder.Name, model, reported, trainings, recipe, commands);
    }
}
