using System.Buffers.Binary;
using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>Turns the samples of a PNG row into greys on white.</summary>
internal sealed class PngPixels
{
    private readonly string name;
    private readonly PngHeader header;
    private readonly byte[] palette = [];

    // The one transparent colour, if there is one.
    private readonly int[]? transparent;

    /// <summary>Stores the palette and transparency chunks; empty if the file has none.</summary>
    /// <exception cref="DigitMLException">The palette is missing or has the wrong length.</exception>
    internal PngPixels(string name, PngHeader header, ReadOnlyMemory<byte> palette, ReadOnlyMemory<byte> transparency)
    {
        this.name = name;
        this.header = header;
        if (header.ColourType == 3)
        {
            this.palette = Palette(palette.Span, transparency.Span);
        }
        else if (header.ColourType is 0 or 2 && transparency.Length >= 2 * header.Channels)
        {
            transparent = [.. Enumerable.Range(0, header.Channels).Select(c => (int)BinaryPrimitives.ReadUInt16BigEndian(transparency.Span[(2 * c)..]))];
        }
    }

    /// <summary>Converts a row to grey.</summary>
    /// <exception cref="DigitMLException">A pixel's colour is not in the palette.</exception>
    internal void ToGrey(ReadOnlySpan<byte> row, Span<byte> greys)
    {
        Span<int> samples = stackalloc int[4];
        for (int x = 0; x < greys.Length; x++)
        {
            for (int c = 0; c < header.Channels; c++) samples[c] = Sample(row, x * header.Channels + c);
            greys[x] = Grey(samples[..header.Channels]);
        }
    }

    private byte[] Palette(ReadOnlySpan<byte> colours, ReadOnlySpan<byte> alphas)
    {
        if (colours.Length is 0 or > 768 || colours.Length % 3 != 0)
        {
            throw new DigitMLException($"{name} is damaged: its PNG palette is missing or has the wrong length.");
        }

        var greys = new byte[colours.Length / 3];
        for (int i = 0; i < greys.Length; i++)
        {
            byte grey = ImageFormat.Luma(colours[3 * i], colours[3 * i + 1], colours[3 * i + 2]);
            greys[i] = ImageFormat.OnWhite(grey, i < alphas.Length ? alphas[i] : 255);
        }

        return greys;
    }

    private int Sample(ReadOnlySpan<byte> row, int index)
    {
        if (header.BitDepth == 16) return BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]);
        if (header.BitDepth == 8) return row[index];
        int bit = index * header.BitDepth;
        return (row[bit / 8] >> (8 - header.BitDepth - bit % 8)) & ((1 << header.BitDepth) - 1);
    }

    private byte Grey(ReadOnlySpan<int> samples)
    {
        if (header.ColourType == 3)
        {
            return samples[0] < palette.Length ? palette[samples[0]]
                : throw new DigitMLException($"{name} is damaged: a pixel has colour index {samples[0]} but its PNG palette has {palette.Length} colours.");
        }

        if (transparent is not null && samples.SequenceEqual(transparent)) return 255;
        int alpha = header.ColourType is 4 or 6 ? ToByte(samples[^1]) : 255;
        byte grey = header.ColourType is 2 or 6
            ? ImageFormat.Luma(ToByte(samples[0]), ToByte(samples[1]), ToByte(samples[2]))
            : (byte)ToByte(samples[0]);
        return ImageFormat.OnWhite(grey, alpha);
    }

    private int ToByte(int sample)
    {
        int largest = (1 << header.BitDepth) - 1;
        return (sample * 255 + largest / 2) / largest;
    }
}
