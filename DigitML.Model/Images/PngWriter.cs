using System.Buffers.Binary;
using System.IO.Compression;

namespace DigitML.Model.Images;

/// <summary>Writes a picture as a grey 8-bit PNG.</summary>
internal static class PngWriter
{
    internal static void Write(DigitImage image, Stream stream)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;
        header[9..].Clear();
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int y = 0; y < image.Height; y++)
            {
                deflate.WriteByte(0);
                deflate.Write(image.Pixels, y * image.Width, image.Width);
            }
        }

        stream.Write(PngChunks.Signature);
        PngChunks.Write(stream, "IHDR"u8, header);
        PngChunks.Write(stream, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        PngChunks.Write(stream, "IEND"u8, []);
    }
}
