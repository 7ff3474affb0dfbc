using System.Globalization;
using CsvHelper;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Predictions;

/// <summary>A file of ImageId,Label rows, as Kaggle's Digit Recognizer takes it: a submission, or the solution it is scored by.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Rows">The label of each id, and the line it stands on.</param>
internal sealed record KaggleSubmission(string Path, IReadOnlyDictionary<int, (string Label, int Line)> Rows)
{
    /// <summary>Header of the ids.</summary>
    internal const string IdColumn = "ImageId";

    /// <summary>Header of the labels.</summary>
    internal const string LabelColumn = "Label";

    private const string Header = $"{IdColumn},{LabelColumn}";

    private static readonly CsvReaderOptions Options = new() { HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    /// <summary>The text of a file: the labels with ids from 1.</summary>
    public static string ToCsv(IEnumerable<string> labels)
    {
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
    /// <exception cref="DigitMLException">It is missing or breaks a rule; the line names file, line, value and rule.</exception>
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

    /// <summary>Scores these rows by a solution.</summary>
    /// <returns>Ids whose label is right.</returns>
    /// <exception cref="DigitMLException">An id is missing or not in the solution, or a label is none of the solution's.</exception>
    public int CountRight(KaggleSubmission solution)
    {
        string[] labels = [.. solution.Rows.Values.Select(row => row.Label).Distinct().Order(StringComparer.Ordinal)];
        var known = labels.ToHashSet();
        int right = 0;
        foreach ((int id, (string label, int line)) in Rows)
        {
            if (!solution.Rows.TryGetValue(id, out (string Label, int Line) truth))
            {
                throw new DigitMLException($"{Path}:{line}: {IdColumn} is {id}, which is not in {solution.Path}; take the row out.");
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
            string ids = missing == 1 ? $"{IdColumn} {first}" : $"{missing} ids, {first} the first of them";
            throw new DigitMLException($"{Path} lacks {ids}; a submission has a row for each of the {solution.Rows.Count} ids of {solution.Path}.");
        }

        return right;
    }

    private static Dictionary<int, (string Label, int Line)> ReadRows(string path, CsvReader reader)
    {
        if (!reader.Read()) throw new DigitMLException($"{path} is empty; its first line is {Header}.");
        string header = string.Join(',', Enumerable.Range(0, reader.FieldCount).Select(reader.GetString));
        if (header != Header) throw new DigitMLException($"{path}:{reader.LineNumber}: the header is {DisplayText.Value(header)}; it is {Header}.");
        var rows = new Dictionary<int, (string Label, int Line)>();
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

            if (!rows.TryAdd(id, (reader.GetString(1), line)))
            {
                throw new DigitMLException($"{path}:{line}: {IdColumn} is {id}, as on line {rows[id].Line}; each id has one row.");
            }
        }

        return rows.Count > 0 ? rows : throw new DigitMLException($"{path} has a header but no rows.");
    }
}
