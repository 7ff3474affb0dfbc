using System.Text.Json.Serialization;
using System.Globalization;
using System.Text;
using CsvHelper;
using DigitML.Data.Rows;
using DigitML.Data.Writers;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model;

namespace DigitML.Data.Predictions;

/// <summary>The predictions for the rows of a file.</summary>
/// <param name="Labels">The model's classes.</param>
/// <param name="Scores">N x K, row-major.</param>
/// <param name="WithScores">True to write the score of every class.</param>
/// <param name="Ids">The ids of the rows; null for ImageId from 1.</param>
public sealed record PredictionTable(LabelMap Labels, float[] Scores, bool WithScores, RowIds? Ids = null)
{
    /// <summary>The text of a CSV file: ImageId,Label with ids from 1, as Kaggle expects, or the ids of the file and its header; then score_LABEL for each class if <see cref="WithScores"/> is set.</summary>
    public string ToCsv()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            var columns = new SubmissionColumns(Ids);
            csv.WriteField(columns.IdName);
            csv.WriteField(columns.LabelName);
            if (WithScores) foreach (string label in Labels.Labels) csv.WriteField($"score_{label}");
            csv.EndRecord();
            for (int row = 0; row < RowCount; row++)
            {
                csv.WriteField(columns.Id(row));
                csv.WriteField(Label(row));
                if (WithScores) foreach (float score in Row(row)) csv.WriteField(score);
                csv.EndRecord();
            }
        }

        return text.ToString();
    }

    /// <summary>Writes the text of <see cref="ToCsv"/> to a file atomically, gzipped if its name ends in .gz.</summary>
    /// <param name="path">The file; missing folders are created, an existing file is replaced.</param>
    /// <exception cref="DigitMLException">It cannot be written.</exception>
    public void Write(string path) => PackedFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToCsv())));

    /// <summary>The same for JSON.</summary>
    internal IEnumerable<PredictedImage> ToRows() =>
        Enumerable.Range(0, RowCount).Select(row => new PredictedImage(row + 1, Ids?.Values[row], Label(row), WithScores ? Row(row).ToArray() : null));

    private int RowCount => Scores.Length / Labels.Count;

    private ReadOnlySpan<float> Row(int row) => Scores.AsSpan(row * Labels.Count, Labels.Count);

    private string Label(int row) => TopPrediction.Of(Labels, Row(row)).Label;
}

/// <summary>The prediction for a row, as <c>predict --json</c> prints it.</summary>
/// <param name="ImageId">The row, from 1.</param>
/// <param name="Id">The id of the row in its file; null if it has none.</param>
/// <param name="Label">The label with the highest score.</param>
/// <param name="Scores">The score of each class; null if scores were not asked for.</param>
internal sealed record PredictedImage(
    int ImageId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id, string Label, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float[]? Scores);
