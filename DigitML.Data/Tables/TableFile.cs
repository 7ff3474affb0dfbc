using DigitML.Data.Layouts;
using DigitML.Data.Sources;
using DigitML.Engine;

namespace DigitML.Data.Tables;

/// <summary>A text table: its file, how its text is written, and its first rows.</summary>
/// <param name="File">The file.</param>
/// <param name="Text">How its text is written.</param>
/// <param name="Sample">Its first rows, at least one.</param>
internal sealed record TableFile(DataFile File, TableText Text, TableSample Sample)
{
    /// <summary>Reads the first rows of a file.</summary>
    /// <exception cref="DigitMLException">The file cannot be read, is empty, or no encoding has the layout's name.</exception>
    public static TableFile Open(DataFile file, FileLayout layout)
    {
        TableText text = TableText.Of(file, layout);
        TableSample sample = text.Read(file, TableSample.Start);
        return sample.Rows.Count > 0 ? new TableFile(file, text, sample) : throw new DigitMLException($"{file.Name} is empty; it must contain rows of pixels.");
    }

    /// <summary>Reads the cells of some columns in all rows after the header.</summary>
    /// <exception cref="DigitMLException">The file cannot be read.</exception>
    public IReadOnlyList<string[]> ReadColumns(bool hasHeader, IReadOnlyList<int> columns, CancellationToken cancellation) =>
        Text.Read(File, reader => TableSample.Columns(reader, hasHeader, columns, cancellation));
}
