using System.Buffers.Binary;
using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>How a PNG picture is laid out.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="BitDepth">Bits per sample: 1, 2, 4, 8 or 16.</param>
/// <param name="ColourType">0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.</param>
/// <param name="IsInterlaced">True if the rows come in the seven passes of Adam7.</param>
internal sealed record PngHeader(int Width, int Height, int BitDepth, int ColourType, bool IsInterlaced)
{
    /// <summary>Samples per pixel.</summary>
    internal int Channels => ColourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Bits per pixel.</summary>
    internal int BitsPerPixel => Channels * BitDepth;

    /// <summary>Reads the IHDR chunk.</summary>
    /// <exception cref="DigitMLException">It is not valid in a PNG, or declares a picture that is too large.</exception>
    internal static PngHeader Read(string name, string type, ReadOnlySpan<byte> data, DigitImageLimits limits)
    {
        if (type != "IHDR" || data.Length != 13) throw new DigitMLException($"{name} is damaged: its first PNG chunk is not a header (IHDR).");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        limits.CheckSizes(name, height, width);
        int depth = data[8], colour = data[9];
        bool isKnown = (colour, depth) is (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16);
        if (!isKnown) throw new DigitMLException($"{name} is damaged: a PNG cannot have colour type {colour} with {depth} bits per sample.");
        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new DigitMLException(
                $"{name} is a PNG of a kind that DigitML does not support: compression {data[10]}, filter {data[11]}, interlace {data[12]}.");
        }

        return new PngHeader((int)width, (int)height, depth, colour, data[12] == 1);
    }
}
