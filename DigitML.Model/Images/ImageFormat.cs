using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>Detects a picture's format from its content and reads it.</summary>
internal static class ImageFormat
{
    private const string Supported = "DigitML reads PNG, JPEG, BMP, PGM and PPM";

    /// <summary>Reads a picture.</summary>
    /// <exception cref="DigitMLException">It is in another format, damaged, or too large.</exception>
    /// <exception cref="OperationCanceledException">Reading was cancelled.</exception>
    internal static DigitImage Read(string name, byte[] file, DigitImageLimits limits, CancellationToken cancellation = default)
    {
        ReadOnlySpan<byte> start = file;
        if (start.StartsWith(PngChunks.Signature)) return PngReader.Read(name, file, limits, cancellation);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return JpegReader.Read(name, file, limits, cancellation);
        if (start.StartsWith("BM"u8)) return BmpReader.Read(name, file, limits, cancellation);
        if (start.Length > 1 && start[0] == 'P' && start[1] is (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6') return NetpbmReader.Read(name, file, limits, cancellation);
        string? other = start.StartsWith("GIF8"u8) ? "GIF"
            : start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..].StartsWith("WEBP"u8) ? "WebP"
            : start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) ? "TIFF"
            : start.StartsWith("P1"u8) || start.StartsWith("P4"u8) ? "PBM"
            : null;
        throw new DigitMLException(other is null
            ? $"{name} is not a picture in a supported format: {Supported}."
            : $"{name} is a {other} picture; {Supported}: save it as one of those.");
    }

    /// <summary>The grey of a colour: Rec. 601 luma, 0 .. 255.</summary>
    internal static byte Luma(int red, int green, int blue) => (byte)((299 * red + 587 * green + 114 * blue + 500) / 1000);

    /// <summary>A grey with an opacity of alpha / 255, blended with white.</summary>
    internal static byte OnWhite(byte grey, int alpha) => (byte)((grey * alpha + 255 * (255 - alpha) + 127) / 255);
}
