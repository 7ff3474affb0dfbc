using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Training.Data;

/// <summary>Reads data files: CSV and IDX, plain or gzipped, told apart by their content.</summary>
internal static class DigitFiles
{
    /// <summary>The rows of a file.</summary>
    /// <exception cref="DigitMLException">The file cannot be read; the line names file, line, column, value and rule.</exception>
    public static DigitDataset Read(string path, DigitFileOptions? options = null) => Load(path, options).Dataset;

    /// <summary>The rows of a file, with its format and the number of rows left out.</summary>
    /// <param name="path">A CSV file, or either file of an IDX pair (images without their labels file are unlabelled rows).</param>
    /// <param name="options">What is expected of it.</param>
    /// <exception cref="DigitMLException">The file cannot be read; the line names file, line, column, value and rule.</exception>
    public static DigitFile Load(string path, DigitFileOptions? options = null)
    {
        options ??= new DigitFileOptions();
        InputFile file = InputFile.Find(path);
        if (!IdxFile.IsIdx(file.Magic)) return CsvDigitReader.Read(file, options);
        (string images, string? labels) = IdxFile.Pair(file);
        return IdxDigitReader.Read(images, labels, options);
    }
}
