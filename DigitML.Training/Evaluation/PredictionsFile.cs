using System.Globalization;
using CsvHelper;
using DigitML.Engine;
using DigitML.Engine.Files;
using DigitML.Training.Data;

namespace DigitML.Training.Evaluation;

/// <summary>predictions.csv: what a model takes each evaluated row for, so that two models can be compared row by row.</summary>
internal static class PredictionsFile
{
    private const string Header = "row,label,predicted,score";

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="DigitMLException">It cannot be written.</exception>
    internal static void Write(EvaluationResult evaluation, string path)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            foreach (string head in Header.Split(',')) csv.WriteField(head);
            csv.EndRecord();
            foreach (Reading reading in evaluation.Readings)
            {
                csv.WriteField(reading.Row + 1);
                csv.WriteField(evaluation.LabelMap[reading.Actual]);
                csv.WriteField(evaluation.LabelMap[reading.Predicted]);
                csv.WriteField(reading.Score);
                csv.EndRecord();
            }
        }

        AtomicFile.WriteText(path, text.ToString());
    }
}
