using System.IO.Compression;
using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>
/// Reads a PNG picture of any colour type and depth as grey. Rows are inflated one at a time and memory grows with them, so that a file needs
/// memory for what it contains, not for what its header declares. W3C "Portable Network Graphics (PNG) Specification".
/// </summary>
internal sealed class PngReader
{
    // First row and column and the steps between them, pass by pass (Adam7).
    private static readonly (int Row, int Column, int RowStep, int ColumnStep)[] Adam7 =
        [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)];

    private readonly string name;
    private readonly PngHeader header;
    private readonly PngPixels pixels;
    private readonly Stream data;
    private readonly CancellationToken cancellation;

    private PngReader(string name, PngHeader header, PngPixels pixels, Stream data, CancellationToken cancellation)
    {
        this.name = name;
        this.header = header;
        this.pixels = pixels;
        this.data = data;
        this.cancellation = cancellation;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DigitMLException">It is damaged, truncated or too large.</exception>
    internal static DigitImage Read(string name, byte[] file, DigitImageLimits limits, CancellationToken cancellation)
    {
        List<(string Type, ReadOnlyMemory<byte> Data)> chunks = PngChunks.Read(name, file);
        PngHeader header = PngHeader.Read(name, chunks[0].Type, chunks[0].Data.Span, limits);
        ReadOnlyMemory<byte> palette = default, transparency = default;
        using var packed = new MemoryStream();
        foreach (var (type, data) in chunks)
        {
            if (type == "PLTE") palette = data;
            else if (type == "tRNS") transparency = data;
            else if (type == "IDAT") packed.Write(data.Span);
            else if (char.IsAsciiLetterUpper(type[0]) && type is not ("IHDR" or "IEND"))
            {
                throw new DigitMLException($"{name} has the PNG chunk {type}, which DigitML does not support.");
            }
        }

        packed.Position = 0;
        using var inflated = new ZLibStream(packed, CompressionMode.Decompress);
        var reader = new PngReader(name, header, new PngPixels(name, header, palette, transparency), inflated, cancellation);
        try
        {
            byte[] greys = header.IsInterlaced ? reader.ReadInterlaced() : reader.ReadRows(header.Height, header.Width);
            return new DigitImage(header.Height, header.Width, greys, name);
        }
        catch (InvalidDataException failure)
        {
            throw new DigitMLException($"{name} is damaged: its PNG data cannot be inflated.", failure);
        }
    }

    private byte[] ReadInterlaced()
    {
        var passes = new byte[Adam7.Length][];
        for (int p = 0; p < passes.Length; p++) passes[p] = ReadRows(Rows(p), Columns(p));
        var image = new byte[header.Height * header.Width];
        for (int p = 0; p < passes.Length; p++)
        {
            var (row, column, rowStep, columnStep) = Adam7[p];
            int rows = Rows(p), columns = Columns(p);
            for (int y = 0; y < rows; y++)
            {
                for (int x = 0; x < columns; x++) image[(row + y * rowStep) * header.Width + column + x * columnStep] = passes[p][y * columns + x];
            }
        }

        return image;
    }

    private int Rows(int pass) => (header.Height - Adam7[pass].Row + Adam7[pass].RowStep - 1) / Adam7[pass].RowStep;

    private int Columns(int pass) => (header.Width - Adam7[pass].Column + Adam7[pass].ColumnStep - 1) / Adam7[pass].ColumnStep;

    private byte[] ReadRows(int height, int width)
    {
        if (height <= 0 || width <= 0) return [];
        int rowBytes = (int)(((long)width * header.BitsPerPixel + 7) / 8), pixelBytes = Math.Max(1, header.BitsPerPixel / 8);
        byte[] filter = new byte[1], row = new byte[rowBytes], above = new byte[rowBytes];
        byte[] image = new byte[Math.Min(height, 1 + (1 << 20) / width) * width];
        for (int y = 0; y < height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            Fill(filter);
            Fill(row);
            PngFilter.Undo(name, filter[0], row, above, pixelBytes);
            if ((y + 1) * width > image.Length) Array.Resize(ref image, (int)Math.Min(2L * image.Length, (long)height * width));
            pixels.ToGrey(row, image.AsSpan(y * width, width));
            (row, above) = (above, row);
        }

        return image;
    }

    private void Fill(Span<byte> buffer)
    {
        if (data.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw new DigitMLException($"{name} is damaged: it declares {header.Width}x{header.Height} pixels but holds fewer.");
        }
    }
}
