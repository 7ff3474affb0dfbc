using System.Globalization;
using DigitML.Experiments.Evaluation;
using Microsoft.ML.Data;

namespace DigitML.Training.Terminals;

/// <summary>An evaluation for people: scikit-learn's report, ML.NET's confusion table, one line of key metrics.</summary>
internal static class EvaluationText
{
    /// <param name="output">Receives the text.</param>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="rows">Name of the rows, such as "test rows".</param>
    /// <param name="note">An extra line; null for none.</param>
    internal static void Write(TextWriter output, EvaluationResult evaluation, string rows, string? note = null)
    {
        MulticlassClassificationMetrics metrics = evaluation.Metrics;
        output.Write(ClassificationReport.Format(MetricsFile.Of(evaluation)));
        output.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable().TrimEnd().ReplaceLineEndings(output.NewLine));
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{evaluation.RowCount:N0} {rows}: accuracy {metrics.MicroAccuracy:F4}, macro accuracy {metrics.MacroAccuracy:F4}, log-loss {metrics.LogLoss:F4}"));
        if (note is not null) output.WriteLine(note);
        if (evaluation.DroppedRows > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{evaluation.DroppedRows:N0} more {(evaluation.DroppedRows == 1 ? "row was" : "rows were")} left out: the label is missing or unknown to the model."));
        }
    }
}
