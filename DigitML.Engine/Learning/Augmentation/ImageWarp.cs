namespace DigitML.Engine.Learning;

/// <summary>
/// Moves the pixels of an image by an <see cref="AffineTransform"/> and an <see cref="ElasticField"/>, with bilinear interpolation and background 0.
/// Used by one thread at a time.
/// </summary>
internal sealed class ImageWarp(int height, int width)
{
    // Coordinates are fixed-point with 16 bits of fraction, of which interpolation uses 8: the error of a moved pixel is less than 1 of 255.
    private const int FractionBits = 16;
    private const double One = 1 << FractionBits;

    private readonly int stride = width + 2;

    // The image with a border of background, so that all four neighbours of a point can be read wherever one of them is inside.
    // One extra row and one extra pixel, so that a point in the lower right corner of the border has neighbours too.
    private readonly byte[] bordered = new byte[(height + 3) * (width + 2) + 1];

    /// <summary>Writes the moved image. A point's source is where the transform puts it, plus the field's displacement of that point.</summary>
    internal void Apply(ReadOnlySpan<byte> image, Span<byte> moved, AffineTransform transform, ElasticField? elastic = null)
    {
        for (int y = 0; y < height; y++) image.Slice(y * width, width).CopyTo(bordered.AsSpan((y + 1) * stride + 1));
        if (elastic is null) Move(moved, transform);
        else Move(moved, transform, elastic);
    }

    private void Move(Span<byte> moved, AffineTransform transform)
    {
        double middleX = (width - 1) / 2.0, middleY = (height - 1) / 2.0;
        long stepX = ToFixed(transform.Xx), stepY = ToFixed(transform.Yx);
        for (int y = 0; y < height; y++)
        {
            double dx = -middleX, dy = y - middleY;
            long startX = ToFixed(transform.Xx * dx + transform.Xy * dy + transform.X0 + middleX + 1);
            long startY = ToFixed(transform.Yx * dx + transform.Yy * dy + transform.Y0 + middleY + 1);
            var (first, last) = Intersect(Inside(startX, stepX, width), Inside(startY, stepY, height));
            Span<byte> row = moved.Slice(y * width, width);
            if (first > last)
            {
                row.Clear();
                continue;
            }

            row[..first].Clear();
            row[(last + 1)..].Clear();
            Interpolate(row[first..(last + 1)], (int)(startX + first * stepX), (int)stepX, (int)(startY + first * stepY), (int)stepY);
        }
    }

    private void Move(Span<byte> moved, AffineTransform transform, ElasticField elastic)
    {
        float middleX = (width - 1) / 2f, middleY = (height - 1) / 2f;
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i++)
            {
                double dx = x - middleX, dy = y - middleY;
                double fromX = transform.Xx * dx + transform.Xy * dy + transform.X0 + middleX + 1 + elastic.X[i];
                double fromY = transform.Yx * dx + transform.Yy * dy + transform.Y0 + middleY + 1 + elastic.Y[i];
                Interpolate(moved.Slice(i, 1), (int)(Math.Clamp(fromX, 0, width + 1) * One), 0, (int)(Math.Clamp(fromY, 0, height + 1) * One), 0);
            }
        }
    }

    private void Interpolate(Span<byte> row, int x, int stepX, int y, int stepY)
    {
        ReadOnlySpan<byte> source = bordered;
        for (int i = 0; i < row.Length; i++, x += stepX, y += stepY)
        {
            ReadOnlySpan<byte> upper = source.Slice((y >> FractionBits) * stride + (x >> FractionBits), stride + 2);
            int fractionX = (x >> 8) & 255, fractionY = (y >> 8) & 255;
            int above = (upper[0] << 8) + (upper[1] - upper[0]) * fractionX;
            int below = (upper[stride] << 8) + (upper[stride + 1] - upper[stride]) * fractionX;
            row[i] = (byte)(((above << 8) + (below - above) * fractionY + (1 << 15)) >> 16);
        }
    }

    /// <summary>The positions i in 0 .. width − 1 with 0 ≤ start + i · step, and start + i · step below size + 1, so that a point and its next neighbour are in
    /// the bordered image.</summary>
    private (int First, int Last) Inside(long start, long step, int size)
    {
        long end = ((long)(size + 1) << FractionBits) - 1;
        if (step == 0) return start >= 0 && start <= end ? (0, width - 1) : (0, -1);
        long atLow = step > 0 ? -start : start - end, atHigh = step > 0 ? end - start : start;
        long pace = Math.Abs(step);
        return ((int)Math.Clamp(CeilingDivide(atLow, pace), 0, width), (int)Math.Clamp(FloorDivide(atHigh, pace), -1, width - 1));
    }

    private static (int First, int Last) Intersect((int First, int Last) a, (int First, int Last) b) =>
        (Math.Max(a.First, b.First), Math.Min(a.Last, b.Last));

    private static long ToFixed(double value) => (long)Math.Round(Math.Clamp(value, -1e9, 1e9) * One);

    private static long FloorDivide(long value, long divisor) => value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor);

    private static long CeilingDivide(long value, long divisor) => -FloorDivide(-value, divisor);
}
