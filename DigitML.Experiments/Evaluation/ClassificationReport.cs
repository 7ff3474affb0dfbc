using System.Globalization;
using System.Text;

namespace DigitML.Experiments.Evaluation;

/// <summary>
/// Precision, recall, F1 and support of each class and their averages, as the text of scikit-learn's <c>classification_report(digits=4)</c> over all
/// classes. https://scikit-learn.org/stable/modules/generated/sklearn.metrics.classification_report.html
/// </summary>
internal static class ClassificationReport
{
    private const string LongestAverage = "weighted avg";

    /// <summary>The report, ended by a line break.</summary>
    public static string Format(MulticlassMetrics metrics)
    {
        ConfusionMatrix matrix = metrics.ConfusionMatrix;
        int width = Math.Max(matrix.Labels.Max(LengthOf), LongestAverage.Length);
        var report = new StringBuilder();
        report.Append(Pad("", width)).Append("  precision    recall  f1-score   support\n\n");
        for (int key = 0; key < matrix.NumberOfClasses; key++)
        {
            Row(matrix.Labels[key], matrix.PerClassPrecision[key], matrix.PerClassRecall[key], matrix.PerClassF1[key], matrix.PerClassSupport[key]);
        }

        report.Append('\n');
        Row("accuracy", null, null, metrics.MicroAccuracy, metrics.RowCount);
        AverageRow("macro avg", values => values.Average());
        AverageRow(LongestAverage, values => values.Zip(matrix.PerClassSupport, (value, support) => value * support).Sum() / metrics.RowCount);
        return report.ToString();

        void Row(string name, double? precision, double? recall, double f1, int support) => report.Append(Pad(name, width))
            .Append(CultureInfo.InvariantCulture, $"  {Digits(precision),9} {Digits(recall),9} {Digits(f1),9} {support,9}\n");

        void AverageRow(string name, Func<IReadOnlyList<double>, double> average) =>
            Row(name, average(matrix.PerClassPrecision), average(matrix.PerClassRecall), average(matrix.PerClassF1), metrics.RowCount);
    }

    private static string Digits(double? value) => value is double number ? number.ToString("F4", CultureInfo.InvariantCulture) : "";

    // Python pads by code points.
    private static int LengthOf(string name) => name.EnumerateRunes().Count();

    private static string Pad(string name, int width) => new string(' ', width - LengthOf(name)) + name;
}
