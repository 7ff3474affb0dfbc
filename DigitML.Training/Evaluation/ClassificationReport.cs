namespace DigitML.Training.Evaluation;

/// <summary>scikit-learn's classification_report.</summary>
internal static class ClassificationReport
{
    /// <summary>The report with four digits, ended by a line break.</summary>
    public static string Format(MulticlassMetrics metrics) => throw new NotImplementedException();
}
