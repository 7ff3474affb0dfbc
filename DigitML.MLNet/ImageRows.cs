using DigitML.Data.Rows;

namespace DigitML.MLNet;

/// <summary>The images of the rows of a view, one after another: in one array from the start if the view knows its number of rows, to avoid a second copy.</summary>
/// <param name="name">For messages.</param>
/// <param name="imageSize">Pixels of an image.</param>
/// <param name="rowCount">Maximum number of rows; null if the view does not know it.</param>
internal sealed class ImageRows(string name, int imageSize, long? rowCount)
{
    private readonly PixelStore? growing = Fits(imageSize, rowCount) ? null : new PixelStore(name, imageSize);
    private byte[] pixels = Fits(imageSize, rowCount) ? new byte[rowCount!.Value * imageSize] : [];
    private int rows;

    /// <summary>Space for one more image, to be filled by the caller.</summary>
    internal Span<byte> Add() => growing is null ? pixels.AsSpan(rows++ * imageSize, imageSize) : growing.AddBytes();

    /// <summary>All images.</summary>
    internal byte[] ToArray()
    {
        if (growing is not null) return growing.ToBytes();
        Array.Resize(ref pixels, rows * imageSize);
        return pixels;
    }

    private static bool Fits(int imageSize, long? rowCount) => rowCount * imageSize <= Array.MaxLength;
}
