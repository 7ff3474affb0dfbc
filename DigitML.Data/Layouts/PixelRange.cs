using System.Globalization;

namespace DigitML.Data.Layouts;

/// <summary>The values that a file has for background and ink: <c>0..255</c>, <c>0..1</c>, <c>-1..1</c>, <c>0..16</c> or any other.</summary>
/// <param name="Minimum">The value that becomes 0.</param>
/// <param name="Maximum">The value that becomes 255.</param>
public readonly record struct PixelRange(double Minimum, double Maximum)
{
    /// <summary>Whole numbers from 0 to 255: pixels as DigitML keeps them.</summary>
    public static PixelRange Bytes { get; } = new(0, 255);

    // Values are kept as floats, so that half a pixel may come out a little less.
    private const double Half = 0.5001;

    /// <summary>The pixel of a value: 0 for <see cref="Minimum"/>, 255 for <see cref="Maximum"/>, rounded (halves up) and cut off at both ends.</summary>
    public byte ToByte(double value) => (byte)Math.Clamp((value - Minimum) / (Maximum - Minimum) * 255 + Half, 0, 255);

    /// <summary>Reads <c>255</c> (from 0) or <c>-1..1</c>; null for any other text.</summary>
    public static PixelRange? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] ends = text.Split("..");
        if (ends.Length is not (1 or 2)) return null;
        double minimum = 0;
        if (ends.Length == 2 && !TryParse(ends[0], out minimum) || !TryParse(ends[^1], out double maximum)) return null;
        return minimum < maximum ? new PixelRange(minimum, maximum) : null;
    }

    /// <summary>As <see cref="Parse"/> reads it: <c>0..255</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Minimum:0.######}..{Maximum:0.######}");

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
