using System.Globalization;
using CsvHelper;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Files;

namespace DigitML.Experiments.Evaluation;

/// <summary>A whole confusion matrix as CSV, however many classes there are: a row per actual class, a column per predicted class.</summary>
internal static class ConfusionFile
{
    /// <summary>Writes the file atomically.</summary>
    /// <exception cref="DigitMLException">It cannot be written.</exception>
    internal static void Write(ConfusionCounts matrix, string path) => AtomicFile.WriteText(path, ToCsv(matrix));

    /// <summary>The text of the file.</summary>
    internal static string ToCsv(ConfusionCounts matrix)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteField("actual");
            foreach (string label in matrix.Labels) csv.WriteField(label);
            csv.EndRecord();
            foreach ((int actual, IReadOnlyList<int> row) in matrix.Counts.Index())
            {
                csv.WriteField(matrix.Labels[actual]);
                foreach (int count in row) csv.WriteField(count);
                csv.EndRecord();
            }
        }

        return text.ToString();
    }
}
