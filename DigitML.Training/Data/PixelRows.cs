using DigitML.Engine;

namespace DigitML.Training.Data;

/// <summary>Pixels of a growing number of rows. Memory follows what was read, not what a header says.</summary>
/// <param name="path">For messages.</param>
/// <param name="rowSize">Bytes in a row.</param>
internal sealed class PixelRows(string path, int rowSize)
{
    private byte[] pixels = [];
    private int used;

    /// <summary>Room for one more row, to be filled.</summary>
    /// <exception cref="DigitMLException">More pixels than an array holds.</exception>
    public Span<byte> Add()
    {
        if ((long)used + rowSize > Array.MaxLength)
        {
            throw new DigitMLException($"{path}: more than {Array.MaxLength / rowSize} rows of {rowSize} pixels do not fit; split the file.");
        }

        if (used + rowSize > pixels.Length)
        {
            Array.Resize(ref pixels, (int)Math.Min(Math.Max(1024L * rowSize, 2L * pixels.Length), Array.MaxLength / rowSize * (long)rowSize));
        }

        used += rowSize;
        return pixels.AsSpan(used - rowSize, rowSize);
    }

    /// <summary>The pixels of all rows, in an array of just that length.</summary>
    public byte[] ToArray()
    {
        Array.Resize(ref pixels, used);
        return pixels;
    }
}
