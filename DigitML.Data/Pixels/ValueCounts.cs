using DigitML.Data.Rows;

namespace DigitML.Data.Pixels;

/// <summary>What values the pixels of a file have.</summary>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="AreWhole">True if all are whole numbers.</param>
/// <param name="IsSaturated">True if the largest is the most frequent of those that are not the smallest, so that it is the end of the range.</param>
internal sealed record ValueCounts(double Minimum, double Maximum, bool AreWhole, bool IsSaturated)
{
    private const double SaturatedShare = 0.08;
    private const byte HalfOfBytes = 127;

    // Such bytes have the range of bytes, whatever else they are.
    private static readonly ValueCounts Bright = new(0, 255, AreWhole: true, IsSaturated: false);

    /// <summary>Counts the values of all rows.</summary>
    public static ValueCounts Of(PixelStore pixels)
    {
        var counts = new long[256];
        if (pixels.IsBytes && pixels.HasAbove(HalfOfBytes)) return Bright;
        return pixels.IsBytes ? OfBytes(pixels, counts) : OfFloats(pixels, counts);
    }

    private static ValueCounts OfBytes(PixelStore pixels, long[] counts)
    {
        for (int row = 0; row < pixels.Count; row++)
        {
            foreach (byte value in pixels.Bytes(row)) counts[value]++;
        }

        int minimum = Array.FindIndex(counts, count => count > 0), maximum = Array.FindLastIndex(counts, count => count > 0);
        return new ValueCounts(minimum, maximum, AreWhole: true, IsSaturatedAt(counts, minimum, maximum));
    }

    private static ValueCounts OfFloats(PixelStore pixels, long[] counts)
    {
        float minimum = float.MaxValue, maximum = float.MinValue;
        bool areWhole = true;
        for (int row = 0; row < pixels.Count; row++)
        {
            foreach (float value in pixels.Floats(row))
            {
                minimum = Math.Min(minimum, value);
                maximum = Math.Max(maximum, value);
                areWhole &= value == MathF.Floor(value);
            }
        }

        if (minimum == maximum) return new ValueCounts(minimum, maximum, areWhole, IsSaturated: false);
        float scale = 255 / (maximum - minimum);
        for (int row = 0; row < pixels.Count; row++)
        {
            foreach (float value in pixels.Floats(row)) counts[(int)((value - minimum) * scale)]++;
        }

        return new ValueCounts(minimum, maximum, areWhole, IsSaturatedAt(counts, 0, 255));
    }

    private static bool IsSaturatedAt(long[] counts, int minimum, int maximum)
    {
        long others = 0, most = 0;
        for (int value = minimum + 1; value < maximum; value++)
        {
            others += counts[value];
            most = Math.Max(most, counts[value]);
        }

        return minimum < maximum && counts[maximum] > most && counts[maximum] >= SaturatedShare * (others + counts[maximum]);
    }
}
