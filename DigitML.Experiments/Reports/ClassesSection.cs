using System.Globalization;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;

namespace DigitML.Experiments.Reports;

/// <summary>Every class's own numbers.</summary>
internal static class ClassesSection
{
    internal static Section Of(EvaluationResult evaluation)
    {
        MulticlassMetrics metrics = evaluation.Metrics;
        ConfusionMatrix matrix = metrics.ConfusionMatrix;
        return new Section("classes", "Classes", Page.Table(
            "Precision, recall and F1 of each class", ["class", "precision", "recall", "F1", "log-loss", "support"],
            Enumerable.Range(0, matrix.NumberOfClasses).Select(key => (IReadOnlyList<Markup>)
            [
                Markup.Of($"{matrix.Labels[key]}"), Share(matrix.PerClassPrecision[key]), Share(matrix.PerClassRecall[key]), Share(matrix.PerClassF1[key]),
                Share(metrics.PerClassLogLoss[key]), Markup.Of($"{matrix.PerClassSupport[key]:N0}"),
            ])));
    }

    private static Markup Share(double value) => Markup.Of($"{value.ToString("F4", CultureInfo.InvariantCulture)}");
}
