using System.Globalization;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model.Files;

namespace DigitML.Data;

/// <summary>Reads a pair of IDX files, images and labels: MNIST's original format.</summary>
internal static class IdxDigitReader
{
    /// <summary>The rows of a pair.</summary>
    /// <param name="imagesPath">N square images of bytes.</param>
    /// <param name="labelsPath">N labels of one byte each, whose text is the number; null for unlabelled rows.</param>
    /// <param name="options">Requirements on the files.</param>
    /// <exception cref="DigitMLException">A file cannot be read, is truncated, or does not match its header.</exception>
    public static DigitFile Read(string imagesPath, string? labelsPath, DigitFileOptions options)
    {
        DataFile images = DataFile.Find(imagesPath);
        (int count, int side, byte[] pixels) = images.Read(stream => ReadImages(images, stream));
        if (options.ImageSide is { } wanted && wanted != side)
        {
            throw new DigitMLException($"{imagesPath}: its images are {side}x{side}; images of {wanted}x{wanted} are needed here.");
        }

        string format = images.IsGzip ? "IDX.gz" : "IDX";
        string name = Path.GetFileName(imagesPath);
        if (labelsPath is null)
        {
            if (options.RequireLabels)
            {
                throw new DigitMLException($"{imagesPath} has no labels, which are needed here; put its IDX file of labels beside it.");
            }

            var unlabelled = new DigitDataset(name, side, side, pixels, Unlabelled(count), options.LabelMap ?? new LabelMap([]));
            return new DigitFile(unlabelled, format, DroppedRows: 0);
        }

        DataFile labels = DataFile.Find(labelsPath);
        byte[] texts = labels.Read(stream => ReadLabels(labels, stream));
        if (texts.Length != count)
        {
            throw new DigitMLException(
                $"{labelsPath} has {DisplayText.Count(texts.Length, "label")}, but {imagesPath} has {DisplayText.Count(count, "image")}; the two files do not match.");
        }

        var keys = new LabelKeys(options);
        var kept = new List<int>(count);
        for (int row = 0; row < count; row++)
        {
            if (keys.Add(texts[row].ToString(CultureInfo.InvariantCulture), () => $"{labelsPath}: row {row + 1}")) kept.Add(row);
        }

        (int[] values, LabelMap map) = keys.ToLabels();
        if (keys.DroppedRows > 0) pixels = new DigitDataset(name, side, side, pixels, Unlabelled(count), map).Subset(name, [.. kept]).Pixels;
        return new DigitFile(new DigitDataset(name, side, side, pixels, values, map), format, keys.DroppedRows);
    }

    private static int[] Unlabelled(int count)
    {
        var labels = new int[count];
        Array.Fill(labels, DigitDataset.NoLabel);
        return labels;
    }

    private static (int Count, int Side, byte[] Pixels) ReadImages(DataFile file, Stream stream)
    {
        int[] sizes = IdxFile.ReadSizes(file, stream, IdxFile.ImagesMagic, "images");
        (int count, int height, int width) = (sizes[0], sizes[1], sizes[2]);
        if (height != width) throw new DigitMLException($"{file.Path} has images of {height}x{width}; an image must be square.");
        return (count, height, ReadBytes(file, stream, count, (long)count * height * width, $"{DisplayText.Count(count, "image")} of {height}x{width}"));
    }

    private static byte[] ReadLabels(DataFile file, Stream stream)
    {
        int count = IdxFile.ReadSizes(file, stream, IdxFile.LabelsMagic, "labels")[0];
        return ReadBytes(file, stream, count, count, DisplayText.Count(count, "label"));
    }

    // Grows with what was read, so that a false header cannot take memory.
    private static byte[] ReadBytes(DataFile file, Stream stream, int count, long size, string content)
    {
        string claim = $"{file.Path} declares {content}";
        if (count < 1 || size < 1) throw new DigitMLException($"{claim}; it must contain at least one.");
        if (size > Array.MaxLength) throw new DigitMLException($"{claim}; at most {DisplayText.Count(Array.MaxLength, "byte")} fit; split the file.");
        var bytes = new byte[Math.Min(size, 1 << 20)];
        int used = 0;
        while (used < size)
        {
            if (used == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(size, 2L * bytes.Length));
            int read = stream.Read(bytes.AsSpan(used));
            if (read == 0) throw new DigitMLException($"{claim} ({DisplayText.Count(size, "byte")}) but ends after {DisplayText.Count(used, "byte")}; download the file again.");
            used += read;
        }

        if (stream.ReadByte() >= 0) throw new DigitMLException($"{claim} ({DisplayText.Count(size, "byte")}) but holds more; download the file again.");
        return bytes;
    }
}
