using DigitML.Data;

namespace DigitML.MLNet;

/// <summary>The images of the rows of a view, one after the other: in one array from the start where the view knows how many rows it has, so that no second copy is made.</summary>
/// <param name="name">For messages.</param>
/// <param name="imageSize">Pixels of an image.</param>
/// <param name="rowCount">Most rows; null where the view does not know.</param>
internal sealed class ImageRows(string name, int imageSize, long? rowCount)
{
    private readonly PixelRows? growing = Fits(imageSize, rowCount) ? null : new PixelRows(name, imageSize);
    private byte[] pixels = Fits(imageSize, rowCount) ? new byte[rowCount!.Value * imageSize] : [];
    private int rows;

    /// <summary>Room for one more image, to be filled.</summary>
    internal Span<byte> Add() => growing is null ? pixels.AsSpan(rows++ * imageSize, imageSize) : growing.Add();

    /// <summary>All images.</summary>
    internal byte[] ToArray()
    {
        if (growing is not null) return growing.ToArray();
        Array.Resize(ref pixels, rows * imageSize);
        return pixels;
    }

    private static bool Fits(int imageSize, long? rowCount) => rowCount * imageSize <= Array.MaxLength;
}
