using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Data;

/// <summary>Reads data files: CSV and IDX, plain or gzipped; the format is detected from the content.</summary>
public static class DigitFiles
{
    /// <summary>Reads the rows of a file into memory.</summary>
    /// <param name="path">A CSV file, or either file of an IDX pair (without the labels file, the rows are unlabelled).</param>
    /// <param name="options">Requirements on the file; null accepts any rows.</param>
    /// <returns>The images, N x H x W bytes from 0 (background) to 255 (ink), and their labels.</returns>
    /// <exception cref="DigitMLException">The file cannot be read; the message names file, line, column, value and rule.</exception>
    public static DigitDataset Read(string path, DigitFileOptions? options = null) => Load(path, options).Dataset;

    /// <summary>Reads the rows of a file into memory, and reports its format and how many rows were dropped.</summary>
    /// <param name="path">A CSV file, or either file of an IDX pair (without the labels file, the rows are unlabelled).</param>
    /// <param name="options">Requirements on the file; null accepts any rows.</param>
    /// <exception cref="DigitMLException">The file cannot be read; the message names file, line, column, value and rule.</exception>
    public static DigitFile Load(string path, DigitFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new DigitFileOptions();
        DataFile file = DataFile.Find(path);
        if (!IdxFile.IsIdx(file.Magic)) return CsvDigitReader.Read(file, options);
        (string images, string? labels) = IdxFile.Pair(file);
        return IdxDigitReader.Read(images, labels, options);
    }

    /// <summary>The files that <see cref="Load"/> reads for a path: the other one of an IDX pair too.</summary>
    internal static IEnumerable<string> PathsOf(string path)
    {
        if (!File.Exists(path)) return [path];
        DataFile file = DataFile.Find(path);
        if (!IdxFile.IsIdx(file.Magic)) return [path];
        (string images, string? labels) = IdxFile.Pair(file);
        return labels is null ? [images] : [images, labels];
    }

    /// <summary>The labelled rows of a file, followed by those of a second file if one is named.</summary>
    /// <exception cref="DigitMLException">A file cannot be read, has no labels, or the second one has images of another size or other labels.</exception>
    internal static DigitDataset ReadLabelled(string path, string? more)
    {
        DigitDataset first = Read(path, new DigitFileOptions { RequireLabels = true });
        if (more is null) return first;
        DigitDataset second = Read(more, new DigitFileOptions { RequireLabels = true, LabelMap = first.LabelMap });
        CheckSameSize(path, first, more, second);
        return new DigitDataset(
            $"{first.Name} and {second.Name}", first.Height, first.Width, [.. first.Pixels, .. second.Pixels], [.. first.Labels, .. second.Labels], first.LabelMap);
    }

    /// <summary>Fails where the images of two files differ in size.</summary>
    /// <exception cref="DigitMLException">They do.</exception>
    internal static void CheckSameSize(string path, DigitDataset rows, string otherPath, DigitDataset other)
    {
        if (other.Height == rows.Height && other.Width == rows.Width) return;
        throw new DigitMLException(
            $"{otherPath}: its images are {other.Height}x{other.Width} but those of {path} are {rows.Height}x{rows.Width}; both must have the same size.");
    }
}
