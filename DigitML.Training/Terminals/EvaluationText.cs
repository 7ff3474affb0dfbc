using System.Globalization;
using DigitML.Experiments.Evaluation;
using DigitML.Model.Files;
using Microsoft.ML.Data;

namespace DigitML.Training.Terminals;

/// <summary>An evaluation for people: scikit-learn's report, the confusion table, one line of key metrics.</summary>
internal static class EvaluationText
{
    /// <param name="terminal">Receives the text.</param>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="rows">Name of the rows, such as "test rows".</param>
    /// <param name="note">An extra line; null for none.</param>
    internal static void Write(Terminal terminal, EvaluationResult evaluation, string rows, string? note = null)
    {
        TextWriter output = terminal.Output;
        MulticlassClassificationMetrics metrics = evaluation.Metrics;
        MetricsFile file = MetricsFile.Of(evaluation);
        string[] empty = [.. file.PerClass.Where(one => one.Support == 0).Select(one => one.Label)];
        output.Write(ClassificationReport.Format(file, ConfusionCounts.MostShown));
        if (empty.Length > 0) output.WriteLine($"{(empty.Length == 1 ? "Class" : "Classes")} without {rows}, left out of the averages: {DisplayText.Few(empty)}");
        output.WriteLine();
        output.WriteLine(ConfusionTable.Of(evaluation, terminal.Width).ReplaceLineEndings(output.NewLine));
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
