using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Progress;
using DigitML.Experiments.Summaries;
using Microsoft.ML.Data;
using static System.FormattableString;

namespace DigitML.Experiments.Reports;

/// <summary>The most important figures.</summary>
internal static class ResultSection
{
    internal static Section Of(Report report)
    {
        (string Name, string Value, string Note)[] figures = [.. Evaluated(report), .. Trained(report)];
        string? note = report.Model is null ? null : ModelText.Averaging(report.Model);
        return new Section("result", "Result", Markup.Of($"""
            <dl class="figures">
            {figures.Select(figure => Markup.Of($"<div><dt>{figure.Name}</dt><dd>{figure.Value}<small>{figure.Note}</small></dd></div>"))}
            </dl>
            {(note is null ? null : Markup.Of($"<p>{note}</p>"))}
            """));
    }

    private static IEnumerable<(string, string, string)> Evaluated(Report report)
    {
        if (report.Evaluation is not { } evaluation) yield break;
        EvaluationResult result = evaluation.Result;
        MulticlassClassificationMetrics metrics = result.Metrics;
        yield return ("Accuracy", Percent(metrics.MicroAccuracy), Invariant($"of {result.RowCount:N0} {evaluation.RowsName}"));
        yield return ("Mistakes", Invariant($"{result.RowCount - result.Confusion.CorrectRows:N0}"), "rows predicted as another class");
        yield return ("Macro accuracy", Percent(metrics.MacroAccuracy), "mean over the classes");
        yield return ("Log-loss", Invariant($"{metrics.LogLoss:F4}"), Invariant($"reduction {metrics.LogLossReduction:F4}"));
        yield return (Invariant($"Top-{metrics.TopKPredictionCount} accuracy"), Percent(metrics.TopKAccuracy), "true class among the highest scores");
        yield return ("Calibration error", Invariant($"{Calibration.Of(result).ExpectedError:F4}"), "expected, ten bins");
    }

    private static IEnumerable<(string, string, string)> Trained(Report report)
    {
        if (report.Model is not null) yield return ("Parameters", Invariant($"{ModelText.Parameters(report.Model):N0}"), report.Model.IsEnsemble ? $"in {report.Model.Members.Length} networks" : "trained");
        if (report.Trainings.Length == 0) yield break;
        double seconds = report.Trainings.Sum(training => training.Seconds);
        int epochs = report.Trainings.Sum(training => training.History.Count);
        yield return ("Training", KerasLine.Time(seconds), Invariant($"{epochs:N0} {(epochs == 1 ? "epoch" : "epochs")}, {seconds / epochs:0.0} s each"));
        yield return ("Speed", Invariant($"{report.Trainings.Average(training => training.SamplesPerSecond):N0}"), "training samples per second, validation included");
    }

    private static string Percent(double share) => Invariant($"{share * 100:0.00} %");
}
