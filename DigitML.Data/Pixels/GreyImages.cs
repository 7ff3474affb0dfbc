using DigitML.Data.Layouts;
using DigitML.Data.Rows;
using DigitML.Engine;

namespace DigitML.Data.Pixels;

/// <summary>The images of a file as DigitML keeps them: grey, upright, bright ink on a dark background, from 0 to 255.</summary>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="Pixels">Count x Height x Width bytes.</param>
/// <param name="Range">The range that the file has.</param>
/// <param name="Steps">What was done to the values, for the user: <c>pixels 0 to 16, scaled to 255</c>.</param>
internal sealed record GreyImages(int Height, int Width, byte[] Pixels, PixelRange Range, IReadOnlyList<string> Steps)
{
    private const int MostRows = 2000, LightPaper = 170, SmallestPaper = 5;
    private const double MostCorners = 0.9, Darker = 5;

    /// <summary>Settles size, range and orientation of the images of a file.</summary>
    /// <exception cref="DigitMLException">One of them remains in doubt.</exception>
    public static GreyImages Of(FileRows rows, FileLayout layout, RowNeeds needs)
    {
        ImageShape shape = new ShapeFinder(rows, layout, needs).Find();
        ValueCounts values = ValueCounts.Of(rows.Pixels);
        PixelRange range = new RangeFinder(rows, values, needs).Find(layout);
        byte[] pixels = Scaled(rows.Pixels, range);
        string ends = FormattableString.Invariant($"pixels {range.Minimum:0.####} to {range.Maximum:0.####}");
        var steps = new List<string> { range == PixelRange.Bytes ? ends : $"{ends}, scaled to 255" };
        if (shape.Channels > 1)
        {
            pixels = Grey(pixels, shape);
            steps.Add($"{(shape.Channels == 4 ? "RGBA" : "RGB")} {shape.Height}x{shape.Width}{(shape.IsPlanar ? ", planar" : "")}, made grey");
        }

        if (layout.Invert ?? IsDarkOnLight(pixels, shape))
        {
            for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(255 - pixels[i]);
            steps.Add("dark on light, inverted");
        }

        if (layout.Transpose != true) return new GreyImages(shape.Height, shape.Width, pixels, range, steps);
        steps.Add("transposed");
        return new GreyImages(shape.Width, shape.Height, Transposed(pixels, shape.Height, shape.Width), range, steps);
    }

    private static byte[] Scaled(PixelStore store, PixelRange range)
    {
        if (store.IsBytes)
        {
            byte[] pixels = store.ToBytes();
            if (range == PixelRange.Bytes) return pixels;
            byte[] scaled = [.. Enumerable.Range(0, 256).Select(value => range.ToByte(value))];
            for (int i = 0; i < pixels.Length; i++) pixels[i] = scaled[pixels[i]];
            return pixels;
        }

        var bytes = new byte[store.Count * store.RowSize];
        for (int row = 0; row < store.Count; row++)
        {
            ReadOnlySpan<float> values = store.Floats(row);
            for (int i = 0; i < values.Length; i++) bytes[row * store.RowSize + i] = range.ToByte(values[i]);
        }

        return bytes;
    }

    // ITU-R BT.601 luma; a pixel that is not opaque lies on white paper.
    private static byte[] Grey(byte[] values, ImageShape shape)
    {
        int size = shape.Height * shape.Width, count = values.Length / (size * shape.Channels);
        (int pixelStep, int channelStep) = shape.IsPlanar ? (1, size) : (shape.Channels, 1);
        var grey = new byte[count * size];
        for (int row = 0; row < count; row++)
        {
            for (int pixel = 0; pixel < size; pixel++)
            {
                int at = row * size * shape.Channels + pixel * pixelStep;
                double luma = 0.299 * values[at] + 0.587 * values[at + channelStep] + 0.114 * values[at + 2 * channelStep];
                double opacity = shape.Channels == 4 ? values[at + 3 * channelStep] / 255.0 : 1;
                grey[row * size + pixel] = (byte)Math.Round(luma * opacity + 255 * (1 - opacity), MidpointRounding.AwayFromZero);
            }
        }

        return grey;
    }

    // The corners of nearly all images are light, and the rest is darker than they are.
    private static bool IsDarkOnLight(byte[] pixels, ImageShape shape)
    {
        if (Math.Min(shape.Height, shape.Width) < SmallestPaper) return false;
        int size = shape.Height * shape.Width, count = pixels.Length / size, step = Math.Max(count / MostRows, 1);
        int[] corners = [0, shape.Width - 1, size - shape.Width, size - 1];
        long light = 0, all = 0, sumOfCorners = 0, sum = 0;
        for (int row = 0; row < count; row += step)
        {
            ReadOnlySpan<byte> image = pixels.AsSpan(row * size, size);
            foreach (int corner in corners)
            {
                all++;
                sumOfCorners += image[corner];
                if (image[corner] > LightPaper) light++;
            }

            foreach (byte pixel in image) sum += pixel;
        }

        double images = all / 4.0;
        return light >= MostCorners * all && sumOfCorners / (double)all > sum / (images * size) + Darker;
    }

    private static byte[] Transposed(byte[] pixels, int height, int width)
    {
        var transposed = new byte[pixels.Length];
        int size = height * width;
        for (int start = 0; start < pixels.Length; start += size)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++) transposed[start + x * height + y] = pixels[start + y * width + x];
            }
        }

        return transposed;
    }
}
