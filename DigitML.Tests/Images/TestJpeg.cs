using System.Buffers.Binary;

namespace DigitML.Tests.Images;

/// <summary>JPEG files that no encoder writes, segment by segment (ITU-T T.81, annex B), and those in Jpegs, which libjpeg-turbo 2.1.5 wrote.</summary>
internal static class TestJpeg
{
    internal const byte Baseline = 0xC0, Progressive = 0xC2, Tables = 0xC4, EndOfImage = 0xD9, StartOfScan = 0xDA, Quantization = 0xDB, Exif = 0xE1;

    /// <summary>The files in Jpegs whose grey is beside them as libjpeg-turbo decodes it.</summary>
    internal static IEnumerable<string> Kinds => Directory.GetFiles(FilePath(""), "*.pgm").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    internal static string FilePath(string name) => Path.Combine(AppContext.BaseDirectory, "Images", "Jpegs", name);

    internal static byte[] Bytes(string name) => File.ReadAllBytes(FilePath(name));

    internal static byte[] Segment(byte marker, params ReadOnlySpan<byte> data)
    {
        byte[] segment = [0xFF, marker, 0, 0, .. data];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(data.Length + 2));
        return segment;
    }

    /// <summary>A file with a segment put before all others.</summary>
    internal static byte[] WithFirst(byte[] file, byte[] segment) => [.. file[..2], .. segment, .. file[2..]];

    /// <summary>Where the data of a file's first segment of a kind begin.</summary>
    internal static int Find(byte[] file, byte marker) => file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, marker]) + 4;

    /// <summary>The APP1 segment of a camera: a TIFF directory with the orientation behind another tag.</summary>
    internal static byte[] Orientation(int orientation, bool isLittleEndian)
    {
        byte[] Number(int value, int length)
        {
            byte[] bytes = BitConverter.GetBytes(value)[..length];
            return isLittleEndian ? bytes : [.. bytes.Reverse()];
        }

        return Segment(Exif,
        [
            .. "Exif\0\0"u8, .. isLittleEndian ? "II"u8 : "MM"u8, .. Number(42, 2), .. Number(10, 4), 0, 0, .. Number(2, 2),
            .. Number(0x0100, 2), .. Number(4, 2), .. Number(1, 4), .. Number(37, 4),
            .. Number(0x0112, 2), .. Number(3, 2), .. Number(1, 4), .. Number(orientation, 2), 0, 0, .. Number(0, 4),
        ]);
    }

    /// <summary>A grey progressive picture of one block whose first coefficient is sent, and then a number of scans with nothing in them.</summary>
    internal static byte[] EmptyScans(int count)
    {
        byte[] codes = [1, .. new byte[15]], scan = [.. Segment(StartOfScan, 1, 1, 0, 1, 63, 0), 0x7F];
        return
        [
            0xFF, 0xD8, .. Segment(Quantization, [0, .. Enumerable.Repeat((byte)1, 64)]), .. Segment(Progressive, 8, 0, 8, 0, 8, 1, 1, 0x11, 0),
            .. Segment(Tables, [0x00, .. codes, 0]), .. Segment(Tables, [0x10, .. codes, 0]), .. Segment(StartOfScan, 1, 1, 0, 0, 0, 0), 0x7F,
            .. Enumerable.Repeat(scan, count).SelectMany(bytes => bytes), 0xFF, EndOfImage,
        ];
    }
}
