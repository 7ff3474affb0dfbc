using DigitML.Data.Layouts;
using DigitML.Data.Rows;
using DigitML.Data.Sources;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model.Files;

namespace DigitML.Data;

/// <summary>Reads data files of many kinds, and folders of pictures; the kind is told by the content.</summary>
public static class DigitFiles
{
    /// <summary>Reads the rows of a file into memory.</summary>
    /// <param name="path">A text table, an IDX or numpy file (of a pair, either one), an archive, or a folder of pictures; <c>digits.zip:train.csv</c> for one file of several in an archive.</param>
    /// <param name="options">Requirements on the file; null accepts any rows.</param>
    /// <returns>The images, N x H x W bytes from 0 (background) to 255 (ink), and their labels.</returns>
    /// <exception cref="DigitMLException">The file cannot be read; the message names file, line, column, value and rule.</exception>
    public static DigitDataset Read(string path, DigitFileOptions? options = null) => Load(path, options).Dataset;

    /// <summary>Reads the rows of a file into memory, and reports its format, what was taken from it and how many rows were dropped.</summary>
    /// <param name="path">A file, as for <see cref="Read"/>.</param>
    /// <param name="options">Requirements on the file; null accepts any rows.</param>
    /// <exception cref="DigitMLException">The file cannot be read; the message names file, line, column, value and rule.</exception>
    public static DigitFile Load(string path, DigitFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new DigitFileOptions();
        DigitSource source = DigitSource.Find(path, options);
        FileRows rows = source.ReadRows();
        if (rows.Labels is null && source.FindLabels() is { } labels) rows = rows.WithLabels(labels.Name, labels.ReadLabels());
        return rows.ToDigitFile(options);
    }

    /// <summary>The file or folder that holds the rows of a path: the archive where the path names a file in one.</summary>
    internal static string ContainerOf(string path) => DataFile.Split(path).File;

    /// <summary>The files that <see cref="Load"/> reads for a path: the labels too, if they are in a file beside it.</summary>
    internal static IEnumerable<string> PathsOf(string path)
    {
        if (!File.Exists(ContainerOf(path))) return [path];
        DigitSource source = DigitSource.Find(path, new DigitFileOptions());
        return source.FindLabels() is { } labels ? new[] { source.Path, labels.Path }.Distinct() : [source.Path];
    }

    /// <summary>The labelled rows of a file, followed by those of a second file if one is named.</summary>
    /// <exception cref="DigitMLException">A file cannot be read, has no labels, or the second one has images of another size or other labels.</exception>
    internal static DigitDataset ReadLabelled(string path, string? more, FileLayout? layout = null, Action<string, DigitFile>? tell = null)
    {
        layout ??= FileLayout.Found;
        DigitFile read = Load(path, new DigitFileOptions { Layout = layout, RequireLabels = true });
        tell?.Invoke(path, read);
        DigitDataset first = read.Dataset;
        if (more is null) return first;
        DigitFile others = Load(more, new DigitFileOptions { Layout = layout, Part = "test", RequireLabels = true, LabelMap = first.LabelMap, TrainingRange = read.PixelRange });
        tell?.Invoke(more, others);
        DigitDataset second = others.Dataset;
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

    private static FileRows WithLabels(this FileRows rows, string name, LabelTexts labels)
    {
        if (labels.Rows.Length == rows.Pixels.Count) return rows with { Labels = labels, LabelPlace = Path.GetFileName(name), PlaceOf = row => $"{name}: row {row + 1}" };
        throw new DigitMLException(
            $"{name} has {DisplayText.Count(labels.Rows.Length, "label")}, but {rows.Path} has {DisplayText.Count(rows.Pixels.Count, "image")}; the two files do not match.");
    }
}
