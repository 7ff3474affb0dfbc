using System.Globalization;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;

namespace DigitML.Experiments.Reports;

/// <summary>The metrics of every class.</summary>
internal static class ClassesSection
{
    internal static Section Of(EvaluationResult evaluation)
    {
        MetricsFile metrics = MetricsFile.Of(evaluation);
        return new Section("classes", "Classes", Page.Table(
            "Precision, recall and F1 of each class", ["class", "precision", "recall", "F1", "log-loss", "support"],
            metrics.PerClass.Select((one, key) => (IReadOnlyList<Markup>)
            [
                Markup.Of($"{one.Label}"), Share(one.Precision, one), Share(one.Recall, one), Share(one.F1, one), Share(metrics.PerClassLogLoss[key], one), Markup.Of($"{one.Support:N0}"),
            ])));
    }

    // A class without rows has no metrics.
    private static Markup Share(double value, ClassMetrics one) => Markup.Of($"{(one.Support == 0 ? "-" : value.ToString("F4", CultureInfo.InvariantCulture))}");
}
