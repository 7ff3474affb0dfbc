using CsvHelper;

namespace DigitML.Data.Tables;

/// <summary>The first rows of a table, or the cells at both ends of all its rows.</summary>
/// <param name="Rows">The cells of each row.</param>
/// <param name="Lines">The line of each row.</param>
/// <param name="IsWhole">True if these are all rows.</param>
internal sealed record TableSample(IReadOnlyList<string[]> Rows, IReadOnlyList<int> Lines, bool IsWhole)
{
    private const int MostRows = 100;
    private const long MostCharacters = 1 << 24;

    /// <summary>Reads the first rows.</summary>
    public static TableSample Start(CsvReader reader)
    {
        var rows = new List<string[]>();
        var lines = new List<int>();
        long characters = 0;
        bool isMore = reader.Read();
        while (isMore && rows.Count < MostRows && characters < MostCharacters)
        {
            var cells = new string[reader.FieldCount];
            for (int column = 0; column < cells.Length; column++) characters += (cells[column] = reader.GetString(column)).Length;
            rows.Add(cells);
            lines.Add(checked((int)reader.LineNumber));
            isMore = reader.Read();
        }

        return new TableSample(rows, lines, !isMore);
    }

    /// <summary>Reads the cells of some columns in all rows after the header; rows without them are left out.</summary>
    public static IReadOnlyList<string[]> Columns(CsvReader reader, bool hasHeader, IReadOnlyList<int> columns, CancellationToken cancellation)
    {
        var rows = new List<string[]>();
        if (hasHeader) reader.Read();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (reader.FieldCount <= columns.Max()) continue;
            rows.Add([.. columns.Select(reader.GetString)]);
        }

        return rows;
    }
}
