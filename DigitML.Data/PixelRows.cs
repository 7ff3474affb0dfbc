using DigitML.Engine;

namespace DigitML.Data;

/// <summary>Pixels of a growing number of rows. Memory grows with what was read, not with what a header declares.</summary>
/// <param name="path">For messages.</param>
/// <param name="rowSize">Bytes per row.</param>
internal sealed class PixelRows(string path, int rowSize)
{
    private const int BlockBytes = 1 << 20;

    private readonly List<byte[]> blocks = [];
    private readonly int rowsOfBlock = Math.Max(1, BlockBytes / rowSize);
    private int rows;

    /// <summary>Space for one more row, to be filled by the caller.</summary>
    /// <exception cref="DigitMLException">There are more pixels than an array can hold.</exception>
    public Span<byte> Add()
    {
        if ((rows + 1L) * rowSize > Array.MaxLength)
        {
            throw new DigitMLException($"{path}: more than {Array.MaxLength / rowSize} rows of {rowSize} pixels do not fit; split the file.");
        }

        (int block, int row) = Math.DivRem(rows++, rowsOfBlock);
        if (block == blocks.Count) blocks.Add(new byte[rowsOfBlock * rowSize]);
        return blocks[block].AsSpan(row * rowSize, rowSize);
    }

    /// <summary>The pixels of all rows, in an array of exactly that length.</summary>
    public byte[] ToArray()
    {
        var pixels = new byte[rows * rowSize];
        int at = 0;
        foreach (byte[] block in blocks)
        {
            int length = Math.Min(block.Length, pixels.Length - at);
            block.AsSpan(0, length).CopyTo(pixels.AsSpan(at));
            at += length;
        }

        return pixels;
    }
}
