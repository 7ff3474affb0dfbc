namespace DigitML.Data.Tables;

/// <summary>The values of columns: those of the first rows, or of all rows once they were asked for.</summary>
/// <param name="sample">The first rows.</param>
/// <param name="readAll">Reads some columns of all rows.</param>
internal sealed class EdgeColumns(TableSample sample, Func<IReadOnlyList<int>, IReadOnlyList<string[]>> readAll)
{
    private readonly Dictionary<int, ColumnValues> known = [];

    /// <summary>True if more rows can be asked for.</summary>
    public bool HasMore { get; private set; } = !sample.IsWhole;

    /// <summary>The values of a column.</summary>
    public ColumnValues Values(int column)
    {
        if (known.TryGetValue(column, out ColumnValues? values)) return values;
        values = new ColumnValues(sample.Rows.Where(row => column < row.Length).Select(row => row[column]));
        known.Add(column, values);
        return values;
    }

    /// <summary>Reads the values of these columns in all rows.</summary>
    public void ReadAll(IReadOnlyList<int> columns)
    {
        if (!HasMore) return;
        IReadOnlyList<string[]> rows = readAll(columns);
        for (int i = 0; i < columns.Count; i++)
        {
            int place = i;
            known[columns[i]] = new ColumnValues(rows.Select(row => row[place]));
        }

        HasMore = false;
    }

    /// <summary>True if in every row one of these columns is 1 and the others are 0, and not always the same.</summary>
    public bool AreOneHot(IReadOnlyList<int> columns)
    {
        var hot = new HashSet<int>();
        foreach (string[] row in sample.Rows)
        {
            int ones = 0;
            foreach (int column in columns)
            {
                if (column >= row.Length || !PixelText.TryNumber(row[column], out double value) || value is not (0 or 1)) return false;
                if (value == 1 && ones++ == 0) hot.Add(column);
            }

            if (ones != 1) return false;
        }

        return hot.Count > 1;
    }
}
