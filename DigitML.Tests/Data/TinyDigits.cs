using System.Globalization;

namespace DigitML.Tests.Data;

/// <summary>Images that look like digits to a reader of files: a dark background with bright strokes off the edge, of several classes.</summary>
internal sealed class TinyDigits
{
    private readonly byte[][] images;
    private readonly int[] labels;

    /// <param name="count">Number of rows.</param>
    /// <param name="side">Height and width.</param>
    /// <param name="classes">Number of classes; the rows have them in turn unless <paramref name="isSorted"/>.</param>
    /// <param name="seed">The same seed gives the same images.</param>
    /// <param name="isSorted">True to have the rows of a class together.</param>
    public TinyDigits(int count, int side = 8, int classes = 5, int seed = 1, bool isSorted = false)
    {
        var random = new Random(seed);
        Side = side;
        labels = [.. Enumerable.Range(0, count).Select(row => isSorted ? row * classes / count : (row * 3 + row / classes) % classes)];
        images = [.. labels.Select(_ => Image(random, side))];
    }

    public int Side { get; }

    public int Count => labels.Length;

    public IReadOnlyList<int> Labels => labels;

    /// <summary>The pixels of all rows, as a right reading gives them.</summary>
    public byte[] Pixels => [.. images.SelectMany(image => image)];

    public byte[] Image(int row) => images[row];

    /// <summary>The text of a table.</summary>
    /// <param name="cells">The cells of a row, from its label and the texts of its pixels.</param>
    /// <param name="header">The first line; null for none.</param>
    /// <param name="pixel">The text of a pixel; null for its number.</param>
    public string Table(Func<int, string, string[], IEnumerable<string>> cells, string? header = null, Func<byte, string>? pixel = null, string separator = ",")
    {
        pixel ??= value => value.ToString(CultureInfo.InvariantCulture);
        IEnumerable<string> lines = labels.Select((label, row) => string.Join(separator, cells(row, label.ToString(CultureInfo.InvariantCulture), [.. images[row].Select(pixel)])));
        return string.Concat((header is null ? lines : lines.Prepend(header)).Select(line => line + "\n"));
    }

    /// <summary>A table of a label and pixels without a header.</summary>
    public string Plain(Func<byte, string>? pixel = null) => Table((_, label, pixels) => [label, .. pixels], pixel: pixel);

    /// <summary>A header of a label and pixels.</summary>
    public string Header(string label = "label", Func<int, string>? name = null) => string.Join(',', [label, .. Names(name)]);

    /// <summary>The names of the pixels.</summary>
    public IEnumerable<string> Names(Func<int, string>? name = null) => Enumerable.Range(0, Side * Side).Select(name ?? (i => $"pixel{i}"));

    private static byte[] Image(Random random, int side)
    {
        var image = new byte[side * side];
        int edge = side < 6 ? 1 : 2;
        for (int y = 1; y < side - 1; y++)
        {
            for (int x = edge; x < side - edge; x++)
            {
                if (random.Next(3) > 0) image[y * side + x] = random.Next(4) > 0 ? (byte)255 : (byte)random.Next(1, 255);
            }
        }

        image[side + edge] = 255;
        return image;
    }
}
