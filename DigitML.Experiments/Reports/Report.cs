using System.Collections.Immutable;
using DigitML.Data.Recipes;
using DigitML.Engine.Datasets;
using DigitML.Model;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Reports;

/// <summary>The content of report.html.</summary>
/// <param name="Title">The run's name, or the model's file.</param>
/// <param name="Model">The networks; null for a model from one of ML.NET's trainers.</param>
/// <param name="Evaluation">Its evaluation on labelled rows; null without such rows.</param>
/// <param name="Trainings">How its networks were trained; empty if only the model is known.</param>
/// <param name="Recipe">The recipe; null if only the model is known or the trainer has no recipe.</param>
/// <param name="Commands">Commands that reproduce the run, and useful next commands.</param>
internal sealed record Report(
    string Title, DigitModel? Model, ReportedEvaluation? Evaluation, ImmutableArray<ReportedTraining> Trainings, Recipe? Recipe,
    ImmutableArray<string> Commands);

/// <summary>An evaluation with its pictures.</summary>
/// <param name="Result">The metrics and all predictions.</param>
/// <param name="Images">The evaluated rows.</param>
/// <param name="RowsName">What they are in the report: "test" for "1,000 test rows"; empty for just "rows".</param>
/// <param name="HasPredictionsFile">True if predictions.csv is in the folder of the report.</param>
internal sealed record ReportedEvaluation(EvaluationResult Result, DigitDataset Images, string RowsName, bool HasPredictionsFile = true);

/// <summary>How a network was trained.</summary>
/// <param name="Plan">The plan of its run.</param>
/// <param name="History">Its epochs, one or more.</param>
/// <param name="Rows">The training rows.</param>
internal sealed record ReportedTraining(RunPlan Plan, IReadOnlyList<RunEpoch> History, DigitDataset Rows)
{
    /// <summary>Wall-clock time of all epochs.</summary>
    internal double Seconds => History.Sum(epoch => epoch.Seconds);

    /// <summary>Training samples per second, validation time included.</summary>
    internal double SamplesPerSecond => (double)Plan.Split.TrainingRows * History.Count / Math.Max(Seconds, 1e-9);
}
