using DigitML.Data.Layouts;
using DigitML.Data.Rows;
using DigitML.Engine.Datasets;

namespace DigitML.Data;

/// <summary>The content of a data file.</summary>
/// <param name="Dataset">Its rows; the label map is empty if the file has no labels and no map was given.</param>
/// <param name="Format">The format, such as "CSV", "CSV.gz", "IDX" or "IDX.gz".</param>
/// <param name="DroppedRows">Number of rows dropped because their label is unknown.</param>
public sealed record DigitFile(DigitDataset Dataset, string Format, int DroppedRows)
{
    /// <summary>What was taken from the file and what was left out, in one line: <c>label: column 785 "class" (10 classes); pixels 0 to 16, scaled to 255</c>.</summary>
    public string Reading { get; init; } = "";

    /// <summary>The range that its pixels had.</summary>
    public PixelRange PixelRange { get; init; } = PixelRange.Bytes;

    /// <summary>The ids of its rows, which a submission repeats; null if it has none.</summary>
    public RowIds? Ids { get; init; }
}
