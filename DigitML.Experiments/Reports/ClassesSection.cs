using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using static System.FormattableString;

namespace DigitML.Experiments.Reports;

/// <summary>The metrics of every class.</summary>
internal static class ClassesSection
{
    internal static Section Of(EvaluationResult evaluation)
    {
        MetricsFile metrics = MetricsFile.Of(evaluation);
        return new Section("classes", "Classes", Page.Table(
            "Precision, recall, F1 and log-loss of each class", ["class", "precision", "recall", "F1", "log-loss", "rows"],
            metrics.PerClass.Select((one, key) => Row(one, metrics.PerClassLogLoss[key]))));
    }

    // Metrics of a class without rows are undefined, which is not a zero.
    private static IReadOnlyList<Markup> Row(ClassMetrics one, double logLoss) => one.Support == 0
        ? [Markup.Of($"{one.Label}"), .. Enumerable.Repeat(Markup.Of($"{Page.Missing}"), 4), Markup.Of($"{Page.NoRows}")]
        : [Markup.Of($"{one.Label}"), Value(one.Precision), Value(one.Recall), Value(one.F1), Value(logLoss), Markup.Of($"{one.Support:N0}")];

    private static Markup Value(double value) => Markup.Of($"{Invariant($"{value:F4}")}");
}
