using System.Globalization;
using DigitML.Experiments.Ensembles;
using DigitML.Experiments.Progress;
using DigitML.Experiments.Runs;
using DigitML.Experiments.Summaries;

namespace DigitML.Training.Commands;

/// <summary>What a trained ensemble is worth, beside its networks.</summary>
internal static class EnsembleReport
{
    internal static void Write(Terminal terminal, EnsembleOutcome outcome, bool json)
    {
        if (json) terminal.WriteJson(Describe(outcome));
        else WriteText(terminal.Output, outcome);
    }

    private static object Describe(EnsembleOutcome outcome)
    {
        double seconds = outcome.Networks.Sum(network => network.Seconds);
        return new
        {
            Run = outcome.Folder.Path,
            outcome.Folder.Model,
            Recipe = outcome.Recipe.Name,
            outcome.Recipe.Training.Seed,
            Networks = outcome.Networks.Select(network => new
            {
                network.Plan.Recipe.Training.Seed,
                network.History[^1].ValidationAccuracy,
                network.TestAccuracy,
                network.Seconds,
            }),
            outcome.Model.TestTimeShift,
            Parameters = ModelText.Parameters(outcome.Model),
            Epochs = outcome.Networks.Max(network => network.History.Count),
            Seconds = seconds,
            SamplesPerSecond = outcome.Networks.Sum(network => (double)network.Plan.Split.TrainingRows * network.History.Count) / Math.Max(seconds, 1e-9),
            outcome.Networks[^1].Plan.Device.Threads,
            ValidationAccuracy = outcome.Networks.Average(network => network.History[^1].ValidationAccuracy),
            EvaluatedRows = outcome.Evaluation is null ? null : "test",
            MicroAccuracy = outcome.Evaluation?.Metrics.MicroAccuracy,
            MacroAccuracy = outcome.Evaluation?.Metrics.MacroAccuracy,
            LogLoss = outcome.Evaluation?.Metrics.LogLoss,
        };
    }

    private static void WriteText(TextWriter output, EnsembleOutcome outcome)
    {
        output.WriteLine();
        if (outcome.Evaluation is { } evaluation)
        {
            EvaluationText.Write(output, evaluation, "test rows", ModelText.Averaging(outcome.Model));
            output.WriteLine();
        }

        foreach (EnsembleMember network in outcome.Networks)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Network of seed {network.Plan.Recipe.Training.Seed}: {Accuracy("validation", network.History[^1].ValidationAccuracy)}{Accuracy("test", network.TestAccuracy)}{KerasLine.Time(network.Seconds)}"));
        }

        output.WriteLine($"Run folder: {outcome.Folder.Path} ({ModelText.Describe(outcome.Model)}; a run folder for each network)");
        output.WriteLine($"Report: {outcome.Folder.Report}");
        output.WriteLine();
        output.WriteLine("Next:");
        foreach (string command in NextCommands.Of(outcome.Folder.Model, outcome.TestData)) output.WriteLine($"  {command}");
    }

    private static string Accuracy(string rows, double? accuracy) =>
        accuracy is double share ? string.Create(CultureInfo.InvariantCulture, $"{rows} accuracy {share:F4}, ") : "";
}
