using DigitML.Experiments.CommandLines;
using System.Globalization;
using DigitML.Experiments.OtherTrainers;
using DigitML.Experiments.Progress;

namespace DigitML.Training.Commands;

/// <summary>What a run of another trainer came to, for people and programs.</summary>
internal static class OtherOutcomeReport
{
    internal static void Write(Terminal terminal, OtherOutcome outcome, bool json)
    {
        if (json)
        {
            terminal.WriteJson(new
            {
                Run = outcome.Folder.Path,
                outcome.Model,
                Trainer = outcome.Trainer.Name,
                outcome.Seconds,
                Epochs = outcome.LastEpoch.Epoch,
                outcome.LastEpoch.TrainingAccuracy,
                outcome.LastEpoch.ValidationAccuracy,
                EvaluatedRows = outcome.Evaluation is null ? null : outcome.EvaluatedRows.Split(' ')[0],
                outcome.Evaluation?.Metrics.MicroAccuracy,
                outcome.Evaluation?.Metrics.MacroAccuracy,
                outcome.Evaluation?.Metrics.LogLoss,
            });
            return;
        }

        if (outcome.Evaluation is { } evaluation) EvaluationText.Write(terminal.Output, evaluation, outcome.EvaluatedRows);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Trained {outcome.Trainer.Name} in {KerasLine.Time(outcome.Seconds)}; accuracy on the rows learned from {outcome.LastEpoch.TrainingAccuracy:F4}"));
        terminal.Output.WriteLine($"Run folder: {outcome.Folder.Path}");
        terminal.Output.WriteLine($"Model, for mlContext.Model.Load: {outcome.Model}");
        terminal.Output.WriteLine();
        terminal.Output.WriteLine("Next:");
        terminal.Output.WriteLine($"  {CommandLineText.Of("compare", outcome.Folder.Path, "RUN")}");
    }
}
