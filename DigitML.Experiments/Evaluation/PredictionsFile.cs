using System.Globalization;
using CsvHelper;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Model.Files;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;

namespace DigitML.Experiments.Evaluation;

/// <summary>A line of predictions.csv.</summary>
/// <param name="Row">Row number, from 1.</param>
/// <param name="Label">Its true class.</param>
/// <param name="Predicted">The predicted class.</param>
internal readonly record struct PredictedRow(int Row, string Label, string Predicted)
{
    /// <summary>True if the predicted label equals the true label.</summary>
    internal bool IsCorrect => Label == Predicted;
}

/// <summary>predictions.csv: a model's prediction for each evaluated row, so that two models can be compared row by row.</summary>
internal static class PredictionsFile
{
    private const string Header = "row,label,predicted,score";

    /// <summary>Writes the file atomically.</summary>
    /// <exception cref="DigitMLException">It cannot be written.</exception>
    internal static void Write(EvaluationResult evaluation, string path) => AtomicFile.WriteText(path, ToCsv(evaluation.Predictions, evaluation.LabelMap));

    /// <summary>Some rows in the format of the file.</summary>
    internal static string ToCsv(IEnumerable<ScoredRow> rows, LabelMap labels)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            foreach (string head in Header.Split(',')) csv.WriteField(head);
            csv.EndRecord();
            foreach (ScoredRow row in rows)
            {
                csv.WriteField(row.Row + 1);
                csv.WriteField(labels[row.Actual]);
                csv.WriteField(labels[row.Predicted]);
                csv.WriteField(row.Score);
                csv.EndRecord();
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a file written by <see cref="Write"/>.</summary>
    /// <exception cref="DigitMLException">The file is missing or is not a predictions file.</exception>
    internal static IReadOnlyList<PredictedRow> Read(string path) => ProgramCsv.Read(
        path, Header, (fields, _) => new PredictedRow(RowNumber(fields[0]), fields[1], fields[2]), ("not a predictions file", "create it again with evaluate --out"));

    private static int RowNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number : throw new FormatException($"{DisplayText.Value(text)} is not the number of a row");
}
