using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Training.Data;

/// <summary>Writes a dataset as CSV in Kaggle's columns: <c>label,pixel0,pixel1,...</c>, without the first where no row has a label.</summary>
internal static class CsvDigitWriter
{
    /// <summary>Writes the file whole or not at all; gzipped (smallest size, no time stamp) when its name ends in .gz.</summary>
    /// <exception cref="DigitMLException">The file cannot be written, or a label has a line break.</exception>
    public static void Write(string path, DigitDataset dataset) => throw new NotImplementedException();
}
