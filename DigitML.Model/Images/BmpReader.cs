using System.Buffers.Binary;
using System.Numerics;
using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>Reads a BMP picture of 1, 4, 8, 24 or 32 bits per pixel as grey. Microsoft, "Bitmap Storage" and "BITMAPINFOHEADER".</summary>
internal sealed class BmpReader
{
    private const int FileHeaderSize = 14, CoreHeaderSize = 12, InfoHeaderSize = 40;
    private const uint Uncompressed = 0, BitFields = 3;

    private readonly string name;
    private readonly byte[] file;

    private BmpReader(string name, byte[] file)
    {
        this.name = name;
        this.file = file;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DigitMLException">It is damaged, truncated, too large, or compressed in a way that DigitML does not support.</exception>
    internal static DigitImage Read(string name, byte[] file, DigitImageLimits limits, CancellationToken cancellation) => new BmpReader(name, file).Read(limits, cancellation);

    private DigitImage Read(DigitImageLimits limits, CancellationToken cancellation)
    {
        long headerSize = Unsigned(FileHeaderSize);
        bool isCore = headerSize == CoreHeaderSize;
        if (!isCore && headerSize < InfoHeaderSize)
        {
            throw new DigitMLException($"{name} is damaged: its BMP header declares a length of {headerSize} bytes.");
        }

        long width = isCore ? Short(18) : (int)Unsigned(18), signedHeight = isCore ? Short(20) : (int)Unsigned(22);
        int bits = Short(isCore ? 24 : 28);
        uint compression = isCore ? Uncompressed : Unsigned(30);
        long height = Math.Abs(signedHeight);
        limits.CheckSizes(name, height, width);
        CheckPacking(bits, compression);
        long start = Unsigned(10), stride = (width * bits + 31) / 32 * 4;
        if (start + stride * height > file.Length)
        {
            throw new DigitMLException($"{name} is truncated: it declares {width}x{height} pixels but holds fewer.");
        }

        byte[] palette = bits <= 8 ? Palette(isCore, FileHeaderSize + headerSize, bits) : [];
        BmpMasks masks = compression == BitFields ? Masks(headerSize) : BmpMasks.Usual;
        var pixels = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            cancellation.ThrowIfCancellationRequested();

            // A positive height means that the last row comes first.
            long row = signedHeight < 0 ? y : height - 1 - y;
            ReadRow(file.AsSpan((int)(start + row * stride), (int)stride), pixels.AsSpan(y * (int)width, (int)width), bits, palette, masks);
        }

        return new DigitImage((int)height, (int)width, pixels, name);
    }

    private void CheckPacking(int bits, uint compression)
    {
        string? packing = compression switch
        {
            Uncompressed => null,
            1 => "RLE8",
            2 => "RLE4",
            BitFields => bits == 32 ? null : "bit fields",
            4 => "JPEG",
            5 => "PNG",
            _ => $"kind {compression}",
        };
        if (packing is not null)
        {
            throw new DigitMLException(
                $"{name} is a BMP packed as {packing} with {bits} bits per pixel; DigitML reads only uncompressed ones: save it without compression, or as PNG.");
        }

        if (bits is not (1 or 4 or 8 or 24 or 32))
        {
            throw new DigitMLException($"{name} is a BMP of {bits} bits per pixel; DigitML reads 1, 4, 8, 24 and 32.");
        }
    }

    private byte[] Palette(bool isCore, long start, int bits)
    {
        long count = isCore ? 0 : Unsigned(46);
        if (count == 0 || count > 1 << bits) count = 1 << bits;
        int entry = isCore ? 3 : 4;
        if (start + count * entry > file.Length) throw new DigitMLException($"{name} is truncated: its palette is incomplete.");
        var greys = new byte[count];
        for (int i = 0; i < count; i++)
        {
            int at = (int)start + i * entry;
            greys[i] = ImageFormat.Luma(file[at + 2], file[at + 1], file[at]);
        }

        return greys;
    }

    private BmpMasks Masks(long headerSize) => new(Unsigned(54), Unsigned(58), Unsigned(62), headerSize >= 56 ? Unsigned(66) : 0);

    private void ReadRow(ReadOnlySpan<byte> row, Span<byte> greys, int bits, byte[] palette, BmpMasks masks)
    {
        for (int x = 0; x < greys.Length; x++)
        {
            if (bits <= 8)
            {
                int bit = x * bits, index = (row[bit / 8] >> (8 - bits - bit % 8)) & ((1 << bits) - 1);
                greys[x] = index < palette.Length ? palette[index]
                    : throw new DigitMLException($"{name} is damaged: a pixel has colour index {index} but its palette has {palette.Length} colours.");
            }
            else
            {
                greys[x] = bits == 24 ? ImageFormat.Luma(row[3 * x + 2], row[3 * x + 1], row[3 * x])
                    : masks.Grey(BinaryPrimitives.ReadUInt32LittleEndian(row[(4 * x)..]));
            }
        }
    }

    private uint Unsigned(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(Header(offset, 4));

    private ushort Short(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(Header(offset, 2));

    private ReadOnlySpan<byte> Header(int offset, int length) => offset + length <= file.Length ? file.AsSpan(offset, length)
        : throw new DigitMLException($"{name} is truncated: its BMP header is incomplete.");
}

/// <summary>The bits of each colour in a 32-bit pixel; an alpha of 0 means that there is no alpha channel.</summary>
internal readonly record struct BmpMasks(uint Red, uint Green, uint Blue, uint Alpha)
{
    /// <summary>Blue, green, red from the lowest byte up; the highest byte is unused.</summary>
    internal static BmpMasks Usual { get; } = new(0xFF0000, 0xFF00, 0xFF, 0);

    /// <summary>A pixel's grey on white.</summary>
    internal byte Grey(uint pixel) =>
        ImageFormat.OnWhite(ImageFormat.Luma(Part(pixel, Red), Part(pixel, Green), Part(pixel, Blue)), Alpha == 0 ? 255 : Part(pixel, Alpha));

    private static int Part(uint pixel, uint mask)
    {
        if (mask == 0) return 0;
        int shift = BitOperations.TrailingZeroCount(mask);
        ulong largest = mask >> shift, value = (pixel & mask) >> shift;
        return (int)((value * 255 + largest / 2) / largest);
    }
}
