using System.Globalization;
using CsvHelper;
using DigitML.Engine;
using DigitML.Engine.Files;
using DigitML.Model.Files;

namespace DigitML.Data.Predictions;

/// <summary>A file of ImageId,Label rows, as in Kaggle's Digit Recognizer: a submission, or the solution against which submissions are scored.</summary>
/// <param name="Path">The file.</param>
/// <param name="Rows">The row of each id.</param>
public sealed record KaggleSubmission(string Path, IReadOnlyDictionary<int, SubmissionRow> Rows)
{
    /// <summary>Header of the ids.</summary>
    internal const string IdColumn = "ImageId";

    /// <summary>Header of the labels.</summary>
    internal const string LabelColumn = "Label";

    private const string Header = $"{IdColumn},{LabelColumn}";

    private static readonly CsvReaderOptions Options = new() { HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    /// <summary>Writes a submission atomically.</summary>
    /// <param name="path">The file; missing folders are created, an existing file is replaced.</param>
    /// <param name="labels">The predicted labels in row order; the first row has id 1.</param>
    /// <exception cref="DigitMLException">It cannot be written.</exception>
    public static void Write(string path, IEnumerable<string> labels) => AtomicFile.WriteText(path, ToCsv(labels));

    /// <summary>The text of a submission.</summary>
    /// <param name="labels">The predicted labels in row order; the first row has id 1.</param>
    public static string ToCsv(IEnumerable<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteField(IdColumn);
            csv.WriteField(LabelColumn);
            csv.EndRecord();
            int id = 0;
            foreach (string label in labels)
            {
                csv.WriteField(++id);
                csv.WriteField(label);
                csv.EndRecord();
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a file. Ids may be in any order.</summary>
    /// <param name="path">The file, plain or gzipped.</param>
    /// <exception cref="DigitMLException">It is missing or breaks a rule; the message names file, line, value and rule.</exception>
    public static KaggleSubmission Read(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 }) throw new DigitMLException($"{path} is empty; its first line is {Header}.");
        return DataFile.Find(path).Read(stream =>
        {
            using CsvReader reader = CsvReader.Create(stream, Options, leaveOpen: true);
            try
            {
                return new KaggleSubmission(path, ReadRows(path, reader));
            }
            catch (CsvFormatException failure)
            {
                throw new DigitMLException($"{path}:{failure.LineNumber}: a quoted field is not closed, or a quote is inside a field; correct it.", failure);
            }
        });
    }

    /// <summary>Counts the rows with the correct label.</summary>
    /// <param name="solution">The true labels.</param>
    /// <returns>The number of ids whose label equals that of the solution.</returns>
    /// <exception cref="DigitMLException">An id is missing or not in the solution, or a label does not occur in the solution.</exception>
    public int CountRight(KaggleSubmission solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        string[] labels = [.. solution.Rows.Values.Select(row => row.Label).Distinct().Order(StringComparer.Ordinal)];
        var known = labels.ToHashSet();
        int right = 0;
        foreach ((int id, (string label, int line)) in Rows)
        {
            if (!solution.Rows.TryGetValue(id, out SubmissionRow truth))
            {
                throw new DigitMLException($"{Path}:{line}: {IdColumn} is {id}, which is not in {solution.Path}; remove the row.");
            }

            if (!known.Contains(label))
            {
                throw new DigitMLException($"{Path}:{line}: {LabelColumn} is {DisplayText.Value(label)}; the labels of {solution.Path} are {DisplayText.Few(labels)}.");
            }

            if (label == truth.Label) right++;
        }

        int missing = solution.Rows.Count - Rows.Count;
        if (missing > 0)
        {
            int first = solution.Rows.Keys.Where(id => !Rows.ContainsKey(id)).Min();
            string ids = missing == 1 ? $"{IdColumn} {first}" : $"{missing} ids, the first of them {first}";
            throw new DigitMLException($"{Path} lacks {ids}; a submission has a row for each of the {solution.Rows.Count} ids of {solution.Path}.");
        }

        return right;
    }

    private static Dictionary<int, SubmissionRow> ReadRows(string path, CsvReader reader)
    {
        if (!reader.Read()) throw new DigitMLException($"{path} is empty; its first line is {Header}.");
        string header = string.Join(',', Enumerable.Range(0, reader.FieldCount).Select(reader.GetString));
        if (header != Header) throw new DigitMLException($"{path}:{reader.LineNumber}: the header is {DisplayText.Value(header)}; it must be {Header}.");
        var rows = new Dictionary<int, SubmissionRow>();
        while (reader.Read())
        {
            int line = (int)reader.LineNumber;
            if (reader.FieldCount != 2)
            {
                throw new DigitMLException($"{path}:{line}: has {reader.FieldCount} column{(reader.FieldCount == 1 ? "" : "s")}; a row has 2, {Header}.");
            }

            string idText = reader.GetString(0);
            if (!int.TryParse(idText, NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id < 1)
            {
                throw new DigitMLException($"{path}:{line}: {IdColumn} is {DisplayText.Value(idText)}; an id is a whole number of at least 1.");
            }

            if (!rows.TryAdd(id, new SubmissionRow(reader.GetString(1), line)))
            {
                throw new DigitMLException($"{path}:{line}: {IdColumn} is {id}, as on line {rows[id].Line}; each id has one row.");
            }
        }

        return rows.Count > 0 ? rows : throw new DigitMLException($"{path} has a header but no rows.");
    }
}

/// <summary>A row of a submission.</summary>
/// <param name="Label">The label.</param>
/// <param name="Line">Its line in the file, from 1.</param>
public readonly record struct SubmissionRow(string Label, int Line);
