using System.Globalization;
using System.Text;

namespace DigitML.Data.Tables;

/// <summary>Parses pixels from text.</summary>
internal static class PixelText
{
    /// <summary>Reads an integer from 0 to 255 of at most three digits.</summary>
    public static bool TryByte(ReadOnlySpan<byte> text, out byte pixel)
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
        return value < 256;
    }

    /// <summary>Reads a finite number of any spelling: "12.0", "1.2e1", " 12 ", "0,5".</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return double.IsFinite(value);
        return text.Contains((byte)',') && TryNumber(Encoding.UTF8.GetString(text), out value);
    }

    /// <summary>Reads a finite number of any spelling.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out double value)
    {
        if (text.Count(',') == 1 && !text.Contains('.')) text = text.ToString().Replace(',', '.');
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>True if the text is a number of any kind.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) => TryNumber(text, out _);

    // A non-digit counts as a number so large that the value exceeds 255 in any position.
    private static uint Digit(byte character)
    {
        uint digit = (uint)character - '0';
        return digit < 10 ? digit : 1 << 20;
    }
}
