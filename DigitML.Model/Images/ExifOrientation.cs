using System.Buffers.Binary;

namespace DigitML.Model.Images;

/// <summary>How a camera was held, 1 .. 8, as EXIF notes it: 1 is upright. CIPA DC-008 "Exif", tag 0x0112; TIFF 6.0, section 2.</summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112, EntrySize = 12;

    private static ReadOnlySpan<byte> Signature => "Exif\0\0"u8;

    /// <summary>The orientation in the data of an APP1 segment; 1 if it has none.</summary>
    internal static int Read(ReadOnlySpan<byte> segment)
    {
        if (!segment.StartsWith(Signature)) return 1;
        ReadOnlySpan<byte> tiff = segment[Signature.Length..];
        bool isLittleEndian = tiff.StartsWith("II"u8);
        int directory = Number(tiff, 4, 4, isLittleEndian), entries = Number(tiff, directory, 2, isLittleEndian);
        for (int i = 0; i < entries; i++)
        {
            int entry = directory + 2 + i * EntrySize;
            if (Number(tiff, entry, 2, isLittleEndian) == Tag) return Number(tiff, entry + 8, 2, isLittleEndian) is >= 1 and <= 8 and var orientation ? orientation : 1;
        }

        return 1;
    }

    /// <summary>Turns and mirrors a picture so that it is upright.</summary>
    internal static DigitImage Upright(DigitImage image, int orientation)
    {
        if (orientation == 1) return image;
        int width = image.Width, last = image.Pixels.Length - 1, lastRow = last - width + 1, lastColumn = width - 1;
        var (start, rowStep, columnStep) = orientation switch
        {
            2 => (lastColumn, width, -1),
            3 => (last, -width, -1),
            4 => (lastRow, -width, 1),
            5 => (0, 1, width),
            6 => (lastRow, 1, -width),
            7 => (last, -1, -width),
            _ => (lastColumn, -1, width),
        };
        var (rows, columns) = orientation >= 5 ? (width, image.Height) : (image.Height, width);
        var pixels = new byte[image.Pixels.Length];
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++) pixels[y * columns + x] = image.Pixels[start + y * rowStep + x * columnStep];
        }

        return new DigitImage(rows, columns, pixels, image.Name);
    }

    // 0 where the segment has no such bytes.
    private static int Number(ReadOnlySpan<byte> tiff, int offset, int length, bool isLittleEndian)
    {
        if (offset < 0 || offset > tiff.Length - length) return 0;
        ReadOnlySpan<byte> bytes = tiff.Slice(offset, length);
        return (length, isLittleEndian) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (_, true) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt32BigEndian(bytes),
        };
    }
}
