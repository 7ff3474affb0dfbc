using System.Globalization;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.Progress;
using DigitML.Experiments.Runs;
using DigitML.Experiments.Summaries;
using DigitML.Model;
using DigitML.Model.Files;

namespace DigitML.Training.Terminals;

/// <summary>The result of a run, for people or programs, and suggested next commands.</summary>
internal static class OutcomeText
{
    internal static void Write(Terminal terminal, RunOutcome outcome, bool json)
    {
        if (json) terminal.WriteJson(outcome.Summary);
        else WriteText(terminal, outcome);
    }

    private static void WriteText(Terminal terminal, RunOutcome outcome)
    {
        TextWriter output = terminal.Output;
        RunSummary summary = outcome.Summary;
        DigitModel? model = outcome.Report.Model;
        output.WriteLine();
        if (outcome.Evaluation is { } evaluation)
        {
            EvaluationText.Write(terminal, evaluation, $"{summary.EvaluatedRows} rows", model is null ? null : ModelText.Averaging(model));
            output.WriteLine();
        }

        if (summary.Networks is { } networks)
        {
            foreach (NetworkSummary network in networks)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"Network with seed {network.Seed}: {Accuracy("validation", network.ValidationAccuracy)}{Accuracy("test", network.TestAccuracy)}{KerasLine.Time(network.Seconds)}"));
            }
        }
        else
        {
            output.WriteLine(Trained(summary, outcome.WeightsEpoch));
        }

        output.WriteLine(summary.Networks is null ? $"Run folder: {outcome.Folder.Path}" : $"Run folder: {outcome.Folder.Path} ({ModelText.Describe(model!)}; one run folder per network)");
        output.WriteLine($"Report: {outcome.Folder.Report}");
        output.WriteLine();
        output.WriteLine("Next:");
        foreach (string command in outcome.NextCommands) output.WriteLine($"  {command}");
    }

    private static string Trained(RunSummary summary, int weightsEpoch)
    {
        string time = KerasLine.Time(summary.Seconds);
        if (summary.Recipe is null) return string.Create(CultureInfo.InvariantCulture, $"Trained {summary.Trainer} in {time}; training accuracy {summary.TrainingAccuracy:F4}");
        string early = summary.StopReason == "earlyStopped" ? ", stopped early" : "";
        string kept = weightsEpoch == summary.Epochs ? "" : $", weights of epoch {weightsEpoch}";
        return string.Create(CultureInfo.InvariantCulture,
            $"Trained {DisplayText.Count(summary.Epochs, "epoch")}{early}{kept} in {time}: {summary.SamplesPerSecond:N0} samples/s");
    }

    private static string Accuracy(string rows, double? accuracy) =>
        accuracy is double share ? string.Create(CultureInfo.InvariantCulture, $"{rows} accuracy {share:F4}, ") : "";
}
