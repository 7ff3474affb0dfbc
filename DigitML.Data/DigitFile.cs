using DigitML.Engine.Datasets;

namespace DigitML.Data;

/// <summary>A data file that was read.</summary>
/// <param name="Dataset">Its rows; the label map is empty when the file has no labels and none was given.</param>
/// <param name="Format">"CSV", "CSV.gz", "IDX" or "IDX.gz".</param>
/// <param name="DroppedRows">Rows left out because their label is unknown.</param>
internal sealed record DigitFile(DigitDataset Dataset, string Format, int DroppedRows);
