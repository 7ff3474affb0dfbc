using System.Globalization;
using DigitML.Engine.Learning;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Progress;
using DigitML.Experiments.Runs;
using DigitML.Experiments.Summaries;

namespace DigitML.Training.Commands;

/// <summary>What a finished run is worth, and what to type next.</summary>
internal static class OutcomeReport
{
    internal static void Write(Terminal terminal, TrainingOutcome outcome, bool json)
    {
        if (json) terminal.WriteJson(Describe(outcome));
        else WriteText(terminal.Output, outcome);
    }

    private static object Describe(TrainingOutcome outcome)
    {
        EpochReport last = outcome.Result.History[outcome.Result.WeightsEpoch - 1];
        return new
        {
            Run = outcome.Folder.Path,
            outcome.Folder.Model,
            Recipe = outcome.Plan.Recipe.Name,
            outcome.Plan.Recipe.Training.Seed,
            Parameters = outcome.Inputs.Network.TrainableParameterCount,
            Epochs = outcome.Result.History.Count,
            StopReason = outcome.Result.StopReason switch { StopReason.EarlyStopped => "earlyStopped", _ => "completed" },
            Seconds = outcome.Result.History.Sum(epoch => epoch.Seconds),
            outcome.SamplesPerSecond,
            outcome.Plan.Device.Threads,
            ValidationAccuracy = last.ValidationAccuracy,
            ValidationLoss = last.ValidationLoss,
            EvaluatedRows = outcome.Evaluation is null ? null : outcome.EvaluatedRows,
            MicroAccuracy = outcome.Evaluation?.Metrics.MicroAccuracy,
            MacroAccuracy = outcome.Evaluation?.Metrics.MacroAccuracy,
            LogLoss = outcome.Evaluation?.Metrics.LogLoss,
        };
    }

    private static void WriteText(TextWriter output, TrainingOutcome outcome)
    {
        if (outcome.Evaluation is { } evaluation)
        {
            output.WriteLine();
            EvaluationText.Write(output, evaluation, $"{outcome.EvaluatedRows} rows", ModelText.Averaging(outcome.Report.Model));
            output.WriteLine();
        }

        TrainingResult result = outcome.Result;
        string early = result.StopReason == StopReason.EarlyStopped ? ", stopped early" : "";
        string kept = result.WeightsEpoch == result.History.Count ? "" : $", weights of epoch {result.WeightsEpoch}";
        double seconds = result.History.Sum(epoch => epoch.Seconds);
        output.WriteLine($"Trained {result.History.Count} {(result.History.Count == 1 ? "epoch" : "epochs")}{early}{kept} in {KerasLine.Time(seconds)}: {outcome.SamplesPerSecond.ToString("N0", CultureInfo.InvariantCulture)} samples/s");
        output.WriteLine($"Run folder: {outcome.Folder.Path}");
        output.WriteLine($"Report: {outcome.Folder.Report}");
        output.WriteLine();
        output.WriteLine("Next:");
        foreach (string command in NextCommands.Of(outcome.Folder.Model, outcome.Plan.TestData?.Path)) output.WriteLine($"  {command}");
    }
}
