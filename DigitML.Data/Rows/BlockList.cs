namespace DigitML.Data.Rows;

/// <summary>Rows of one length in blocks of about a megabyte, so that growing copies nothing.</summary>
internal sealed class BlockList<T>
    where T : unmanaged
{
    private const int BlockValues = 1 << 20;

    private readonly List<T[]> blocks = [];
    private readonly int rowSize, rowsOfBlock;

    /// <param name="rowSize">Values per row.</param>
    public BlockList(int rowSize) => (this.rowSize, rowsOfBlock) = (rowSize, Math.Max(1, BlockValues / rowSize));

    /// <summary>Takes over rows that are there already.</summary>
    /// <param name="rowSize">Values per row.</param>
    /// <param name="values">The values of all rows.</param>
    public BlockList(int rowSize, T[] values)
    {
        (this.rowSize, rowsOfBlock, Count) = (rowSize, values.Length / rowSize, values.Length / rowSize);
        blocks.Add(values);
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The values of a row.</summary>
    public Span<T> this[int row]
    {
        get
        {
            (int block, int inside) = Math.DivRem(row, rowsOfBlock);
            return blocks[block].AsSpan(inside * rowSize, rowSize);
        }
    }

    /// <summary>One more row, to be filled by the caller.</summary>
    public Span<T> Add()
    {
        if (Count == blocks.Count * rowsOfBlock) blocks.Add(GC.AllocateUninitializedArray<T>(rowsOfBlock * rowSize));
        return this[Count++];
    }

    /// <summary>Takes the last row back.</summary>
    public void RemoveLast() => Count--;

    /// <summary>Drops all rows.</summary>
    public void Clear()
    {
        blocks.Clear();
        Count = 0;
    }

    /// <summary>The values of all rows; not copied if they are in one block.</summary>
    public T[] ToArray()
    {
        if (blocks is [var only] && only.Length == Count * rowSize) return only;
        T[] values = GC.AllocateUninitializedArray<T>(Count * rowSize);
        int at = 0;
        foreach (T[] block in blocks)
        {
            int length = Math.Min(block.Length, values.Length - at);
            block.AsSpan(0, length).CopyTo(values.AsSpan(at));
            at += length;
        }

        return values;
    }
}
