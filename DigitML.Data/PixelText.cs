using System.Globalization;

namespace DigitML.Data;

/// <summary>Parses a pixel from text.</summary>
internal static class PixelText
{
    /// <summary>
    /// Reads an integer from 0 to 255. Spaces around it and other spellings of the same number ("12.0", "1.2e1", as numeric programs write them)
    /// are accepted.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out byte pixel)
    {
        uint value = 256;
        switch (text.Length)
        {
            case 1:
                value = Digit(text[0]);
                break;
            case 2:
                value = Digit(text[0]) * 10 + Digit(text[1]);
                break;
            case 3:
                value = Digit(text[0]) * 100 + Digit(text[1]) * 10 + Digit(text[2]);
                break;
        }

        pixel = (byte)value;
        return value < 256 || TryParseSlowly(text, out pixel);
    }

    /// <summary>True if the text is a number of any kind.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    // A non-digit counts as a number so large that the value exceeds 255 in any position.
    private static uint Digit(byte character)
    {
        uint digit = (uint)character - '0';
        return digit < 10 ? digit : 1 << 20;
    }

    private static bool TryParseSlowly(ReadOnlySpan<byte> text, out byte pixel)
    {
        bool isPixel = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value is >= 0 and <= 255 && value == Math.Floor(value);
        pixel = isPixel ? (byte)value : (byte)0;
        return isPixel;
    }
}
