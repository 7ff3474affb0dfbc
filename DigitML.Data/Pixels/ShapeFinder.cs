using DigitML.Data.Layouts;
using DigitML.Data.Rows;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Pixels;

/// <summary>Finds out how the values of a row make an image.</summary>
/// <param name="rows">The rows.</param>
/// <param name="layout">What is said about it.</param>
/// <param name="needs">What the rows are for.</param>
internal sealed class ShapeFinder(FileRows rows, FileLayout layout, RowNeeds needs)
{
    private const int MostRows = 200;
    private const double Clearly = 0.8;

    private int Count => rows.Pixels.RowSize;

    /// <summary>The shape that the file names, the layout says, or the number of values shows.</summary>
    /// <exception cref="DigitMLException">It remains in doubt.</exception>
    public ImageShape Find()
    {
        (int height, int width, int channels) = rows.Shape is { } shape ? (shape.Height, shape.Width, shape.Channels) : Sizes();
        bool isSaid = (layout.Height ?? height) == height && (layout.Width ?? width) == width && (layout.Channels ?? channels) == channels;
        if (!isSaid || (long)height * width * channels != Count)
        {
            throw new DigitMLException($"{rows.Path}: its rows have {DisplayText.Count(Count, "pixel")}, which do not make {height}x{width} images of {DisplayText.Count(channels, "channel")}; correct --height, --width or --channels.");
        }

        var found = new ImageShape(height, width, channels, rows.Shape?.IsPlanar ?? false);
        return channels == 1 || rows.Shape is not null ? found : found with { IsPlanar = layout.Planar ?? IsPlanar(height * width, channels) };
    }

    private (int Height, int Width, int Channels) Sizes()
    {
        int channels = layout.Channels ?? 1;
        if (layout.Height is { } height && layout.Width is { } width) return (height, width, layout.Channels ?? Math.Max(Count / Math.Max(height * width, 1), 1));
        if (layout.Height is { } rows1) return (rows1, Count / (rows1 * channels), channels);
        if (layout.Width is { } columns1) return (Count / (columns1 * channels), columns1, channels);
        if (layout.Channels is not null && ImageShape.SideOf(Count / channels) is > 0 and int side && side * side * channels == Count) return (side, side, channels);
        if (needs.Height is { } needed && needs.Width is { } neededWidth && Count % (needed * neededWidth) == 0 && Count / (needed * neededWidth) is 1 or 3 or 4)
        {
            return (needed, neededWidth, Count / (needed * neededWidth));
        }

        return OfSquare() ?? throw new DigitMLException(
            $"{rows.Path}: its rows have {DisplayText.Count(Count, "pixel")}, which make no square image ({NearestSide}x{NearestSide} has {NearestSide * NearestSide:N0}); say --height and --width, or --channels.");
    }

    private (int, int, int)? OfSquare()
    {
        if (layout.Channels is not null) return null;
        if (Count % 4 == 0 && ImageShape.SideOf(Count / 4) is > 0 and int four && HasConstantOpacity(Count / 4)) return (four, four, 4);
        if (ImageShape.SideOf(Count) is > 0 and int one) return (one, one, 1);
        return Count % 3 == 0 && ImageShape.SideOf(Count / 3) is > 0 and int three ? (three, three, 3) : null;
    }

    private int NearestSide => Math.Max((int)Math.Round(Math.Sqrt(Count)), 1);

    private IEnumerable<int> SomeRows => Enumerable.Range(0, Math.Min(rows.Pixels.Count, MostRows)).Select(i => (int)((long)i * rows.Pixels.Count / Math.Min(rows.Pixels.Count, MostRows)));

    // Every fourth value, or the last quarter, is the largest there is, and the others are not.
    private bool HasConstantOpacity(int size)
    {
        if (size < 4) return false;
        return IsOpaque(pixel => 4 * pixel + 3) || IsOpaque(pixel => 3 * size + pixel);

        bool IsOpaque(Func<int, int> opacity)
        {
            double full = rows.Pixels.Value(0, opacity(0));
            var isOpacity = new bool[Count];
            for (int pixel = 0; pixel < size; pixel++) isOpacity[opacity(pixel)] = true;
            bool isOther = false;
            foreach (int row in SomeRows)
            {
                for (int i = 0; i < Count; i++)
                {
                    double value = rows.Pixels.Value(row, i);
                    if (value > full || isOpacity[i] && value != full) return false;
                    isOther |= !isOpacity[i] && value != full;
                }
            }

            return isOther && full > 0;
        }
    }

    // The channels of a pixel are more like each other than values that are not of one pixel.
    private bool IsPlanar(int size, int channels)
    {
        double interleaved = 0, planar = 0;
        foreach (int row in SomeRows)
        {
            for (int pixel = 0; pixel < size; pixel++)
            {
                interleaved += Difference(row, channels * pixel, 1);
                planar += Difference(row, pixel, size);
            }
        }

        if (interleaved < Clearly * planar) return false;
        if (planar < Clearly * interleaved) return true;
        throw new DigitMLException($"{rows.Path}: say whether the {channels} channels of a pixel stand together (--planar no) or all values of a channel do (--planar yes); the values do not tell.");
    }

    private double Difference(int row, int first, int step) =>
        Math.Abs(rows.Pixels.Value(row, first) - rows.Pixels.Value(row, first + step)) + Math.Abs(rows.Pixels.Value(row, first + step) - rows.Pixels.Value(row, first + 2 * step));
}
