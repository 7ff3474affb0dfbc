using System.Globalization;
using System.Text;

namespace DigitML.Experiments.Evaluation;

/// <summary>
/// Precision, recall, F1 and support of each class and their averages, as the text of scikit-learn's <c>classification_report(digits=4)</c>. A class without rows
/// has dashes and is left out of the averages, as in ML.NET's macro accuracy. https://scikit-learn.org/stable/modules/generated/sklearn.metrics.classification_report.html
/// </summary>
public static class ClassificationReport
{
    private const string LongestAverage = "weighted avg";

    /// <summary>Returns the report, with a line break at the end.</summary>
    /// <param name="metrics">The metrics, with at least one class.</param>
    /// <param name="mostClasses">The most classes to list: of more, those with the lowest F1.</param>
    public static string Format(MetricsFile metrics, int mostClasses = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ClassMetrics[] classes = metrics.PerClass, listed = Listed(classes, mostClasses);
        int width = Math.Max(listed.Max(one => LengthOf(one.Label)), LongestAverage.Length);
        var report = new StringBuilder();
        report.Append(Pad("", width)).Append("  precision    recall  f1-score   support\n\n");
        foreach (ClassMetrics one in listed)
        {
            if (one.Support > 0) Row(one.Label, one.Precision, one.Recall, one.F1, one.Support);
            else report.Append(Pad(one.Label, width)).Append(CultureInfo.InvariantCulture, $"  {"-",9} {"-",9} {"-",9} {0,9}\n");
        }

        if (listed.Length < classes.Length) report.Append(CultureInfo.InvariantCulture, $"\nThe {listed.Length:N0} of {classes.Length:N0} classes with the lowest F1.\n");
        report.Append('\n');
        Row("accuracy", null, null, metrics.MicroAccuracy, metrics.Rows);
        AverageRow("macro avg", value => classes.Where(one => one.Support > 0).Average(value));
        AverageRow(LongestAverage, value => classes.Sum(one => value(one) * one.Support) / metrics.Rows);
        return report.ToString();

        void Row(string name, double? precision, double? recall, double f1, int support) => report.Append(Pad(name, width))
            .Append(CultureInfo.InvariantCulture, $"  {Digits(precision),9} {Digits(recall),9} {Digits(f1),9} {support,9}\n");

        void AverageRow(string name, Func<Func<ClassMetrics, double>, double> average) =>
            Row(name, average(one => one.Precision), average(one => one.Recall), average(one => one.F1), metrics.Rows);
    }

    private static ClassMetrics[] Listed(ClassMetrics[] classes, int most) => classes.Length <= most
        ? classes
        : [.. classes.Index().Where(one => one.Item.Support > 0).OrderBy(one => one.Item.F1).Take(most).OrderBy(one => one.Index).Select(one => one.Item)];

    private static string Digits(double? value) => value is double number ? number.ToString("F4", CultureInfo.InvariantCulture) : "";

    // Python pads by code points.
    private static int LengthOf(string name) => name.EnumerateRunes().Count();

    private static string Pad(string name, int width) => new string(' ', width - LengthOf(name)) + name;
}
