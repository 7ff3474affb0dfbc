using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Summaries;
using DigitML.Model.Files;
using Microsoft.ML.Data;
using static System.FormattableString;

namespace DigitML.Experiments.Reports;

/// <summary>The most important figures.</summary>
internal static class ResultSection
{
    // In columns of a screen of medium width.
    private static readonly int[] Columns = [3, 4, 5];

    internal static Section Of(Report report)
    {
        (string Name, string Value, string Note)[] figures = [.. Evaluated(report), .. Trained(report)];
        string? note = report.Model is null ? null : ModelText.Averaging(report.Model);
        return new Section("result", "Result", Markup.Of($"""
            <dl class="figures" style="{Layout(figures.Length)}">
            {figures.Select(figure => Markup.Of($"<div><dt>{figure.Name}</dt><dd>{figure.Value}<small>{figure.Note}</small></dd></div>"))}
            </dl>
            {(note is null ? null : Markup.Of($"<p>{note}</p>"))}
            """));
    }

    /// <summary>Columns of figures on wide, medium and narrow screens, and how many of them the first figure takes so that every row is full.</summary>
    internal static string Layout(int figures)
    {
        int medium = Columns.MinBy(columns => FirstOf(columns, figures));
        return $"--wide: {figures}; --medium: {medium}; --medium-first: {FirstOf(medium, figures)}; --narrow-first: {FirstOf(2, figures)}";
    }

    private static int FirstOf(int columns, int figures) => columns - (figures - 1) % columns;

    private static IEnumerable<(string, string, string)> Evaluated(Report report)
    {
        if (report.Evaluation is not { } evaluation) yield break;
        EvaluationResult result = evaluation.Result;
        MulticlassClassificationMetrics metrics = result.Metrics;
        int mistakes = result.RowCount - result.Confusion.CorrectRows, classes = result.Confusion.PerClassSupport.Count(support => support > 0);
        yield return ("Accuracy", NumberText.Percent(metrics.MicroAccuracy), $"of {DisplayText.Count(result.RowCount, $"{evaluation.RowsName} row".TrimStart())}");
        yield return ("Mistakes", Invariant($"{mistakes:N0}"), mistakes == 1 ? "row predicted as another class" : "rows predicted as another class");
        yield return ("Macro accuracy", NumberText.Percent(metrics.MacroAccuracy), classes == result.Confusion.NumberOfClasses ? "mean over the classes" : $"mean over the {classes} classes with rows");
        yield return ("Log-loss", Invariant($"{metrics.LogLoss:F4}"), Invariant($"reduction {metrics.LogLossReduction:F4}"));
        yield return (Invariant($"Top-{metrics.TopKPredictionCount} accuracy"), NumberText.Percent(metrics.TopKAccuracy), "true class among the highest scores");
        yield return ("Calibration", Invariant($"{Calibration.Of(result).ExpectedError:F4}"), "expected error, ten bins");
    }

    private static IEnumerable<(string, string, string)> Trained(Report report)
    {
        if (report.Model is not null) yield return ("Parameters", Invariant($"{ModelText.Parameters(report.Model):N0}"), report.Model.IsEnsemble ? $"in {report.Model.Members.Length} networks" : "trained");
        if (report.Trainings.Length == 0) yield break;
        double seconds = report.Trainings.Sum(training => training.Seconds);
        int epochs = report.Trainings.Sum(training => training.History.Count);
        string each = epochs == 1 ? "" : $", {NumberText.Duration(seconds / epochs)} each";
        yield return ("Training", NumberText.Duration(seconds), $"{DisplayText.Count(epochs, "epoch")}{each}");
        yield return ("Speed", Invariant($"{report.Trainings.Average(training => training.SamplesPerSecond):N0}"), "training samples per second, validation included");
    }
}
