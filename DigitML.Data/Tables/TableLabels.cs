using DigitML.Data.Rows;
using DigitML.Engine;

namespace DigitML.Data.Tables;

/// <summary>A text table of labels alone, as it comes beside a table of pixels: one column, or two of which the first counts the rows.</summary>
internal static class TableLabels
{
    /// <summary>True if a table is such a one.</summary>
    public static bool IsOne(TableFile table) => table.Sample.Rows.Count > 1 && Column(table.Sample) >= 0;

    /// <summary>Its labels.</summary>
    /// <exception cref="DigitMLException">The file cannot be read, or has other columns.</exception>
    public static LabelTexts Read(TableFile table)
    {
        TableSample sample = table.Sample;
        int column = Column(sample);
        if (column < 0) throw new DigitMLException($"{table.File.Name} is no table of labels: it has {sample.Rows[0].Length} columns; one column holds a label for each image.");
        IReadOnlyList<string[]> rows = table.ReadColumns(IsHeader(sample, column), [column], CancellationToken.None);
        var labels = new LabelTexts();
        foreach (string[] row in rows) labels.Add(row[0]);
        return labels;
    }

    private static int Column(TableSample sample)
    {
        string[] first = sample.Rows[0];
        bool isNumbered = first.Length == 2 && (ColumnWords.IsId(first[0]) || ColumnWords.IsUnnamed(first[0])) && ColumnWords.IsLabel(first[1]);
        if (isNumbered) return 1;
        bool isPixel = Header.IsOne(first) && !ColumnWords.IsLabel(first[0]) && first[0].Trim() is [.., >= '0' and <= '9'];
        return first.Length == 1 && !isPixel && !PixelList.IsOne(sample.Rows[^1][0]) ? 0 : -1;
    }

    private static bool IsHeader(TableSample sample, int column) => ColumnWords.IsLabel(sample.Rows[0][column])
        || !PixelText.IsNumber(sample.Rows[0][column]) && sample.Rows.Skip(1).All(row => PixelText.IsNumber(row[column]));
}
