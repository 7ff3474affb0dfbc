using CsvHelper;
using DigitML.Data.Sources;
using DigitML.Engine;

namespace DigitML.Data;

/// <summary>Reads the CSV files that the program itself writes: a known header, then rows with as many fields.</summary>
internal static class ProgramCsv
{
    private static readonly CsvReaderOptions Options = new() { HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    /// <summary>The rows of a file, at least one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Its first line.</param>
    /// <param name="row">Creates a row from its fields and its number, from 1; throws <see cref="FormatException"/> if they are invalid.</param>
    /// <param name="kind">What the file is not, and how to get a new one, for messages: "not a predictions file", "make it again".</param>
    /// <exception cref="DigitMLException">The file is missing or is not of this kind.</exception>
    internal static IReadOnlyList<TRow> Read<TRow>(string path, string header, Func<string[], int, TRow> row, (string Not, string Remedy) kind) => DataFile.Find(path).Read(stream =>
    {
        using CsvReader reader = CsvReader.Create(stream, Options, leaveOpen: true);
        try
        {
            var rows = new List<TRow>();
            if (!reader.Read() || string.Join(',', Fields(reader)) != header) throw new FormatException($"its first line is not {header}");
            int columns = reader.FieldCount;
            while (reader.Read())
            {
                if (reader.FieldCount != columns) throw new FormatException($"a row has {reader.FieldCount} columns, not {columns}");
                rows.Add(row(Fields(reader), rows.Count + 1));
            }

            return rows.Count > 0 ? rows : throw new FormatException("it has no rows");
        }
        catch (Exception failure) when (failure is FormatException or CsvFormatException)
        {
            throw new DigitMLException($"{path}:{reader.LineNumber}: it is {kind.Not}: {failure.Message.TrimEnd('.')}; {kind.Remedy}.", failure);
        }
    });

    private static string[] Fields(CsvReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
}
