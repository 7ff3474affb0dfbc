using System.Globalization;
using CsvHelper;
using DigitML.Data.Rows;
using DigitML.Data.Sources;
using DigitML.Data.Tables;
using DigitML.Engine;
using DigitML.Engine.Files;
using DigitML.Model.Files;

namespace DigitML.Data.Predictions;

/// <summary>A file of ids and labels, as in Kaggle's competitions: a submission, or the solution against which submissions are scored.</summary>
/// <param name="Path">The file.</param>
/// <param name="IdColumn">The header of the ids: "ImageId", "id".</param>
/// <param name="Rows">The row of each id, in the order of the file.</param>
public sealed record KaggleSubmission(string Path, string IdColumn, IReadOnlyDictionary<string, SubmissionRow> Rows)
{
    private const string Header = "ImageId,Label or id,label";

    private static readonly CsvReaderOptions Options = new() { HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    /// <summary>Writes a submission atomically.</summary>
    /// <param name="path">The file; missing folders are created, an existing file is replaced.</param>
    /// <param name="labels">The predicted labels in row order.</param>
    /// <param name="ids">The ids of the rows; null for ImageId from 1.</param>
    /// <exception cref="DigitMLException">It cannot be written.</exception>
    public static void Write(string path, IEnumerable<string> labels, RowIds? ids = null) => AtomicFile.WriteText(path, ToCsv(labels, ids));

    /// <summary>The text of a submission.</summary>
    /// <param name="labels">The predicted labels in row order.</param>
    /// <param name="ids">The ids of the rows; null for ImageId from 1.</param>
    public static string ToCsv(IEnumerable<string> labels, RowIds? ids = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var columns = new SubmissionColumns(ids);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteField(columns.IdName);
            csv.WriteField(columns.LabelName);
            csv.EndRecord();
            int row = 0;
            foreach (string label in labels)
            {
                csv.WriteField(columns.Id(row++));
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
                return Read(path, reader);
            }
            catch (CsvFormatException failure)
            {
                throw new DigitMLException($"{path}:{failure.LineNumber}: a quoted field is not closed, or a quote is inside a field; correct it.", failure);
            }
        });
    }

    /// <summary>Counts the rows with the correct label; a label that the solution has nowhere is a wrong one.</summary>
    /// <param name="solution">The true labels.</param>
    /// <returns>The number of ids whose label equals that of the solution.</returns>
    /// <exception cref="DigitMLException">An id is missing or not in the solution.</exception>
    public int CountRight(KaggleSubmission solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        int right = 0;
        foreach ((string id, (string label, int line)) in Rows)
        {
            if (!solution.Rows.TryGetValue(id, out SubmissionRow truth))
            {
                throw new DigitMLException($"{Path}:{line}: {IdColumn} is {DisplayText.Shown(id)}, which is not in {solution.Path}; remove the row.");
            }

            if (label == truth.Label) right++;
        }

        string[] missing = [.. solution.Rows.Keys.Where(id => !Rows.ContainsKey(id))];
        if (missing.Length == 0) return right;
        string ids = missing.Length == 1 ? $"{IdColumn} {DisplayText.Shown(missing[0])}" : $"{missing.Length:N0} ids, the first of them {DisplayText.Shown(missing[0])}";
        throw new DigitMLException($"{Path} lacks {ids}; a submission has a row for each of the {solution.Rows.Count} ids of {solution.Path}.");
    }

    private static KaggleSubmission Read(string path, CsvReader reader)
    {
        if (!reader.Read()) throw new DigitMLException($"{path} is empty; its first line is {Header}.");
        string[] header = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
        if (header.Length != 2 || !ColumnWords.IsLabel(header[1]) || PixelText.IsNumber(header[0]))
        {
            throw new DigitMLException($"{path}:{reader.LineNumber}: the header is {DisplayText.Value(string.Join(',', header))}; it must be {Header}.");
        }

        var rows = new Dictionary<string, SubmissionRow>(StringComparer.Ordinal);
        while (reader.Read())
        {
            int line = (int)reader.LineNumber;
            if (reader.FieldCount != 2) throw new DigitMLException($"{path}:{line}: has {DisplayText.Count(reader.FieldCount, "column")}; a row has 2, {string.Join(',', header)}.");
            string id = LabelText.Of(reader.GetString(0), isText: false) ?? throw new DigitMLException($"{path}:{line}: {header[0]} is missing; every row needs one.");
            string label = LabelText.Of(reader.GetString(1), isText: false) ?? "";
            if (!rows.TryAdd(id, new SubmissionRow(label, line)))
            {
                throw new DigitMLException($"{path}:{line}: {header[0]} is {DisplayText.Shown(id)}, as on line {rows[id].Line}; each id has one row.");
            }
        }

        return rows.Count > 0 ? new KaggleSubmission(path, header[0], rows) : throw new DigitMLException($"{path} has a header but no rows.");
    }
}

/// <summary>A row of a submission.</summary>
/// <param name="Label">The label.</param>
/// <param name="Line">Its line in the file, from 1.</param>
public readonly record struct SubmissionRow(string Label, int Line);
