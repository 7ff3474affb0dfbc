using DigitML.Engine.Datasets;

namespace DigitML.Data;

/// <summary>The content of a data file.</summary>
/// <param name="Dataset">Its rows; the label map is empty if the file has no labels and no map was given.</param>
/// <param name="Format">"CSV", "CSV.gz", "IDX" or "IDX.gz".</param>
/// <param name="DroppedRows">Number of rows dropped because their label is unknown.</param>
public sealed record DigitFile(DigitDataset Dataset, string Format, int DroppedRows);
