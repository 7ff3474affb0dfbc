using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>Tells a picture's format by its content and reads it.</summary>
internal static class ImageFormat
{
    /// <summary>Largest file that is read.</summary>
    internal const long MaximumBytes = 1L << 28;

    /// <summary>Most pixels, and most rows or columns, a picture may have.</summary>
    internal const long MaximumPixels = 50_000_000, MaximumSide = 65_535;

    private const string Supported = "DigitML reads PNG, BMP, PGM and PPM";

    /// <summary>Reads a picture.</summary>
    /// <exception cref="DigitMLException">It is of another format, or damaged.</exception>
    internal static DigitImage Read(string name, byte[] file)
    {
        ReadOnlySpan<byte> start = file;
        if (start.StartsWith(PngChunks.Signature)) return PngReader.Read(name, file);
        if (start.StartsWith("BM"u8)) return BmpReader.Read(name, file);
        if (start.Length > 1 && start[0] == 'P' && start[1] is (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6') return NetpbmReader.Read(name, file);
        string? other = start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "JPEG"
            : start.StartsWith("GIF8"u8) ? "GIF"
            : start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..].StartsWith("WEBP"u8) ? "WebP"
            : start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) ? "TIFF"
            : start.StartsWith("P1"u8) || start.StartsWith("P4"u8) ? "PBM"
            : null;
        throw new DigitMLException(other is null
            ? $"{name} is not a picture DigitML knows: {Supported}."
            : $"{name} is a {other} picture; {Supported}: save it as one of those.");
    }

    /// <summary>Checks the sizes a header declares, before memory is taken for them.</summary>
    /// <exception cref="DigitMLException">A size is not positive or the picture is too large.</exception>
    internal static void CheckSizes(string name, long height, long width)
    {
        if (height < 1 || width < 1)
        {
            throw new DigitMLException($"{name} says it is {width}x{height} pixels; a picture has at least one row and one column.");
        }

        if (height > MaximumSide || width > MaximumSide || height * width > MaximumPixels)
        {
            throw new DigitMLException(
                $"{name} says it is {width}x{height} pixels; DigitML reads pictures of up to {MaximumPixels / 1_000_000} million pixels and {MaximumSide} a side.");
        }
    }

    /// <summary>The grey of a colour: Rec. 601 luma, 0 .. 255.</summary>
    internal static byte Luma(int red, int green, int blue) => (byte)((299 * red + 587 * green + 114 * blue + 500) / 1000);

    /// <summary>A grey with a transparency of alpha / 255 on white.</summary>
    internal static byte OnWhite(byte grey, int alpha) => (byte)((grey * alpha + 255 * (255 - alpha) + 127) / 255);
}
