using System.Buffers.Binary;
using System.IO.Compression;

namespace DigitML.Tests.Images;

/// <summary>Writes PNG files of every kind, from samples; written apart from the reader, after the specification.</summary>
internal static class TestPng
{
    /// <summary>Packs samples [row][column x channel] as a PNG, each row with the next of the five filters.</summary>
    internal static byte[] Encode(int width, int height, int depth, int colourType, bool interlaced, int[][] samples, byte[]? palette = null, byte[]? transparency = null)
    {
        int channels = colourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        using var raw = new MemoryStream();
        int[][] passes = interlaced
            ? [[0, 0, 8, 8], [0, 4, 8, 8], [4, 0, 8, 4], [0, 2, 4, 4], [2, 0, 4, 2], [0, 1, 2, 2], [1, 0, 2, 1]]
            : [[0, 0, 1, 1]];
        foreach (int[] pass in passes)
        {
            byte[]? above = null;
            for (int y = pass[0]; y < height; y += pass[2])
            {
                List<int> values = [];
                for (int x = pass[1]; x < width; x += pass[3]) values.AddRange(samples[y].Skip(x * channels).Take(channels));
                if (values.Count == 0) break;
                byte[] row = Pack(values, depth);
                Filter(raw, row, above ?? new byte[row.Length], (y / pass[2]) % 5, Math.Max(1, channels * depth / 8));
                above = row;
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colourType, (byte)(interlaced ? 1 : 0));
        return File(("IHDR", header), ("PLTE", palette), ("tRNS", transparency), ("IDAT", Deflate(raw.ToArray())), ("IEND", []));
    }

    /// <summary>A file of the given chunks; those that are null are left out, and IDAT is cut in two.</summary>
    internal static byte[] File(params (string Type, byte[]? Data)[] chunks)
    {
        List<byte> file = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        foreach (var (type, data) in chunks)
        {
            if (data is null) continue;
            byte[][] parts = type == "IDAT" && data.Length > 4 ? [data[..4], data[4..]] : [data];
            foreach (byte[] part in parts)
            {
                byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. part];
                file.AddRange([(byte)(part.Length >> 24), (byte)(part.Length >> 16), (byte)(part.Length >> 8), (byte)part.Length, .. body]);
                uint crc = uint.MaxValue;
                foreach (byte value in body)
                {
                    crc ^= value;
                    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
                }

                crc = ~crc;
                file.AddRange([(byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc]);
            }
        }

        return [.. file];
    }

    internal static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest)) deflate.Write(data);
        return packed.ToArray();
    }

    private static byte[] Pack(List<int> samples, int depth)
    {
        if (depth == 16) return [.. samples.SelectMany(sample => new[] { (byte)(sample >> 8), (byte)sample })];
        var bits = samples.SelectMany(sample => Enumerable.Range(0, depth).Select(bit => (sample >> (depth - 1 - bit)) & 1)).ToList();
        return [.. bits.Chunk(8).Select(part => (byte)part.Select((bit, i) => bit << (7 - i)).Sum())];
    }

    private static void Filter(MemoryStream raw, byte[] row, byte[] above, int filter, int step)
    {
        raw.WriteByte((byte)filter);
        for (int i = 0; i < row.Length; i++)
        {
            int a = i < step ? 0 : row[i - step], b = above[i], c = i < step ? 0 : above[i - step];
            int p = a + b - c, pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
            int paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
            raw.WriteByte((byte)(row[i] - (filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => paeth })));
        }
    }
}
