using DigitML.Engine.Learning;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Runs;

/// <summary>A finished run.</summary>
/// <param name="Folder">Where its files are.</param>
/// <param name="Plan">What was done.</param>
/// <param name="Inputs">What it read.</param>
/// <param name="Result">What training gave.</param>
/// <param name="Evaluation">The model on the test rows, or on the validation rows where there are none; null without either.</param>
/// <param name="Report">What report.html shows.</param>
internal sealed record TrainingOutcome(RunFolder Folder, RunPlan Plan, RunInputs Inputs, TrainingResult Result, EvaluationResult? Evaluation, Report Report)
{
    /// <summary>"test" or "validation": the rows that <see cref="Evaluation"/> is of.</summary>
    internal string EvaluatedRows => Inputs.Test is null ? "validation" : "test";

    /// <summary>Rows learned from a second, validation not counted.</summary>
    internal double SamplesPerSecond =>
        Result.History.Sum(epoch => (double)epoch.Samples) / Math.Max(Result.History.Sum(epoch => epoch.TrainingSeconds), 1e-9);
}
