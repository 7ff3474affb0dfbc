using System.Buffers.Binary;
using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>
/// The chunks a PNG file is made of: length, type, data, checksum. W3C "Portable Network Graphics (PNG) Specification", section 5.
/// </summary>
internal static class PngChunks
{
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>The eight bytes a PNG file begins with.</summary>
    internal static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The chunks of a file up to its end mark (IEND), each with its checksum verified.</summary>
    /// <exception cref="DigitMLException">The file is truncated or a checksum is wrong.</exception>
    internal static List<(string Type, ReadOnlyMemory<byte> Data)> Read(string name, byte[] file)
    {
        List<(string, ReadOnlyMemory<byte>)> chunks = [];
        int position = Signature.Length;
        while (true)
        {
            ReadOnlySpan<byte> rest = file.AsSpan(position);
            uint length = rest.Length >= 12 ? BinaryPrimitives.ReadUInt32BigEndian(rest) : uint.MaxValue;
            if (length > rest.Length - 12) throw new DigitMLException($"{name} is truncated: the PNG ends before its last chunk (IEND).");
            string type = string.Concat(rest.Slice(4, 4).ToArray().Select(letter => char.IsAsciiLetter((char)letter) ? (char)letter : '?'));
            if (Crc(rest.Slice(4, 4 + (int)length)) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]))
            {
                throw new DigitMLException($"{name} is damaged: the checksum of its PNG chunk {type} is wrong.");
            }

            chunks.Add((type, file.AsMemory(position + 8, (int)length)));
            if (type == "IEND") return chunks;
            position += 12 + (int)length;
        }
    }

    /// <summary>Writes one chunk.</summary>
    internal static void Write(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, 4 + data.Length)));
        stream.Write(chunk);
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data) crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < table.Length; n++)
        {
            uint value = n;
            for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[n] = value;
        }

        return table;
    }
}
