using DigitML.Engine;

namespace DigitML.Data.Rows;

/// <summary>
/// The pixel values of a growing number of rows, as they are in the file. They are bytes until a value is none; then all of them are floats. Memory grows
/// with what was read, not with what a header declares.
/// </summary>
internal sealed class PixelStore
{
    private readonly string path;
    private readonly int rowSize;
    private readonly BlockList<byte> bytes;
    private BlockList<float>? floats;

    /// <param name="path">For messages.</param>
    /// <param name="rowSize">Values per row.</param>
    public PixelStore(string path, int rowSize) => (this.path, this.rowSize, bytes) = (path, rowSize, new BlockList<byte>(rowSize));

    /// <summary>Takes over rows that are there already.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="rowSize">Values per row.</param>
    /// <param name="values">The values of all rows.</param>
    public PixelStore(string path, int rowSize, byte[] values) => (this.path, this.rowSize, bytes) = (path, rowSize, new BlockList<byte>(rowSize, values));

    /// <summary>Values per row.</summary>
    public int RowSize => rowSize;

    /// <summary>Number of rows.</summary>
    public int Count => floats?.Count ?? bytes.Count;

    /// <summary>True as long as every value is a whole number from 0 to 255.</summary>
    public bool IsBytes => floats is null;

    /// <summary>Space for one more row of bytes, while <see cref="IsBytes"/>.</summary>
    /// <exception cref="DigitMLException">There are more values than an array can hold.</exception>
    public Span<byte> AddBytes()
    {
        CheckLength();
        return bytes.Add();
    }

    /// <summary>Takes the last row of bytes back.</summary>
    public void RemoveLast() => bytes.RemoveLast();

    /// <summary>Space for one more row of floats.</summary>
    /// <exception cref="DigitMLException">There are more values than an array can hold.</exception>
    public Span<float> AddFloats()
    {
        CheckLength();
        if (floats is null)
        {
            floats = new BlockList<float>(rowSize);
            for (int row = 0; row < bytes.Count; row++)
            {
                ReadOnlySpan<byte> from = bytes[row];
                Span<float> to = floats.Add();
                for (int i = 0; i < to.Length; i++) to[i] = from[i];
            }

            bytes.Clear();
        }

        return floats.Add();
    }

    /// <summary>The bytes of a row, while <see cref="IsBytes"/>.</summary>
    public ReadOnlySpan<byte> Bytes(int row) => bytes[row];

    /// <summary>The floats of a row, once a value was no byte.</summary>
    public ReadOnlySpan<float> Floats(int row) => floats![row];

    /// <summary>A value, whatever it is kept as.</summary>
    public double Value(int row, int index) => floats is null ? bytes[row][index] : floats[row][index];

    /// <summary>True if a byte is above a value, while <see cref="IsBytes"/>.</summary>
    public bool HasAbove(byte value)
    {
        for (int row = 0; row < Count; row++)
        {
            if (bytes[row].ContainsAnyInRange((byte)(value + 1), byte.MaxValue)) return true;
        }

        return false;
    }

    /// <summary>All bytes, in an array of exactly their number.</summary>
    public byte[] ToBytes() => bytes.ToArray();

    private void CheckLength()
    {
        if ((Count + 1L) * rowSize <= Array.MaxLength) return;
        throw new DigitMLException($"{path}: more than {Array.MaxLength / rowSize:N0} rows of {rowSize:N0} pixels do not fit; split the file.");
    }
}
