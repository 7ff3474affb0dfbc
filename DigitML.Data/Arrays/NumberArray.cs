using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using DigitML.Data.Rows;
using DigitML.Data.Sources;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Arrays;

/// <summary>An array of numbers or texts in a file: IDX or numpy.</summary>
/// <param name="File">The file.</param>
/// <param name="Format">The name of the format: "IDX".</param>
/// <param name="Sizes">The size of each dimension; the first is the number of rows.</param>
/// <param name="Kind">What an element is.</param>
/// <param name="ElementSize">Bytes of an element.</param>
/// <param name="IsBigEndian">True if the first byte of an element is the highest.</param>
/// <param name="Start">Where the elements begin.</param>
internal sealed record NumberArray(DataFile File, string Format, int[] Sizes, ElementKind Kind, int ElementSize, bool IsBigEndian, int Start)
{
    /// <summary>Number of rows.</summary>
    public int Count => Sizes[0];

    /// <summary>Reads the rows as pixels.</summary>
    /// <exception cref="DigitMLException">The content does not match the sizes, or a value is no number.</exception>
    public PixelStore ReadPixels()
    {
        byte[] content = ReadContent("image");
        int rowSize = content.Length / ElementSize / Count;
        if (Kind == ElementKind.Unsigned && ElementSize == 1) return new PixelStore(File.Name, rowSize, content);
        var pixels = new PixelStore(File.Name, rowSize);
        var row = new float[rowSize];
        for (int i = 0; i < Count; i++)
        {
            bool isBytes = pixels.IsBytes;
            for (int j = 0; j < rowSize; j++)
            {
                row[j] = (float)Number(content, i * rowSize + j);
                if (!float.IsFinite(row[j])) throw new DigitMLException($"{File.Name}: row {i + 1}: pixel{j} is {row[j]}; a pixel is a number, such as 0 to 255.");
                isBytes &= row[j] is >= 0 and <= 255 && row[j] == MathF.Floor(row[j]);
            }

            if (!isBytes)
            {
                row.CopyTo(pixels.AddFloats());
                continue;
            }

            Span<byte> bytes = pixels.AddBytes();
            for (int j = 0; j < rowSize; j++) bytes[j] = (byte)row[j];
        }

        return pixels;
    }

    /// <summary>Reads the rows as labels: one element each, the first of several, or one-hot.</summary>
    /// <exception cref="DigitMLException">The content does not match the sizes.</exception>
    public LabelTexts ReadLabels()
    {
        byte[] content = ReadContent("label");
        int rowSize = content.Length / ElementSize / Count;
        int[]? classes = rowSize > 1 && Kind < ElementKind.Text ? HotClasses(content, rowSize) : null;
        var labels = new LabelTexts();
        for (int row = 0; row < Count; row++) labels.Add(classes is not null ? classes[row].ToString(CultureInfo.InvariantCulture) : Text(content, row * rowSize));
        return labels;
    }

    // Null unless one element of every row is 1 and the others are 0.
    private int[]? HotClasses(byte[] content, int rowSize)
    {
        var classes = new int[Count];
        for (int row = 0; row < Count; row++)
        {
            int ones = 0;
            for (int i = 0; i < rowSize; i++)
            {
                double value = Number(content, row * rowSize + i);
                if (value is not (0 or 1)) return null;
                if (value == 1 && ++ones > 0) classes[row] = i;
            }

            if (ones != 1) return null;
        }

        return classes;
    }

    private string Text(byte[] content, int index)
    {
        if (Kind < ElementKind.Text) return Number(content, index).ToString("R", CultureInfo.InvariantCulture);
        Encoding encoding = Kind == ElementKind.Text ? Encoding.UTF8 : new UTF32Encoding(IsBigEndian, byteOrderMark: false);
        return encoding.GetString(content, index * ElementSize, ElementSize).TrimEnd('\0');
    }

    private double Number(byte[] content, int index)
    {
        ReadOnlySpan<byte> element = content.AsSpan(index * ElementSize, ElementSize);
        return (Kind, ElementSize, IsBigEndian) switch
        {
            (ElementKind.Unsigned, 1, _) => element[0],
            (ElementKind.Signed, 1, _) => (sbyte)element[0],
            (ElementKind.Unsigned, 2, true) => BinaryPrimitives.ReadUInt16BigEndian(element),
            (ElementKind.Unsigned, 2, false) => BinaryPrimitives.ReadUInt16LittleEndian(element),
            (ElementKind.Signed, 2, true) => BinaryPrimitives.ReadInt16BigEndian(element),
            (ElementKind.Signed, 2, false) => BinaryPrimitives.ReadInt16LittleEndian(element),
            (ElementKind.Unsigned, 4, true) => BinaryPrimitives.ReadUInt32BigEndian(element),
            (ElementKind.Unsigned, 4, false) => BinaryPrimitives.ReadUInt32LittleEndian(element),
            (ElementKind.Signed, 4, true) => BinaryPrimitives.ReadInt32BigEndian(element),
            (ElementKind.Signed, 4, false) => BinaryPrimitives.ReadInt32LittleEndian(element),
            (ElementKind.Unsigned, 8, true) => BinaryPrimitives.ReadUInt64BigEndian(element),
            (ElementKind.Unsigned, 8, false) => BinaryPrimitives.ReadUInt64LittleEndian(element),
            (ElementKind.Signed, 8, true) => BinaryPrimitives.ReadInt64BigEndian(element),
            (ElementKind.Signed, 8, false) => BinaryPrimitives.ReadInt64LittleEndian(element),
            (ElementKind.Float, 2, true) => (double)BinaryPrimitives.ReadHalfBigEndian(element),
            (ElementKind.Float, 2, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
            (ElementKind.Float, 4, true) => BinaryPrimitives.ReadSingleBigEndian(element),
            (ElementKind.Float, 4, false) => BinaryPrimitives.ReadSingleLittleEndian(element),
            (ElementKind.Float, 8, true) => BinaryPrimitives.ReadDoubleBigEndian(element),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(element),
        };
    }

    // Grows with what was read, so that a false header cannot take memory.
    private byte[] ReadContent(string thing)
    {
        string claim = $"{File.Name} declares {DisplayText.Count(Count, thing)}" + (Sizes.Length == 1 ? "" : $" of {string.Join("x", Sizes.Skip(1))}");
        if (Sizes.Any(size => size < 1)) throw new DigitMLException($"{claim}; it must contain at least one.");
        double needed = Sizes.Aggregate((double)ElementSize, (product, length) => product * length);
        if (needed > Array.MaxLength) throw new DigitMLException($"{claim}; at most {DisplayText.Count(Array.MaxLength, "byte")} fit; split the file.");
        long size = (long)needed;
        return File.Read(stream =>
        {
            stream.ReadAtLeast(new byte[Start], Start, throwOnEndOfStream: false);
            var bytes = new byte[Math.Min(size, 1 << 20)];
            int used = 0;
            while (used < size)
            {
                if (used == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(size, 2L * bytes.Length));
                int read = stream.Read(bytes.AsSpan(used));
                if (read == 0) throw new DigitMLException($"{claim} ({DisplayText.Count(size, "byte")}) but ends after {DisplayText.Count(used, "byte")}; download the file again.");
                used += read;
            }

            if (stream.ReadByte() >= 0) throw new DigitMLException($"{claim} ({DisplayText.Count(size, "byte")}) but holds more; download the file again.");
            return bytes;
        });
    }
}

/// <summary>What an element of an array is.</summary>
internal enum ElementKind
{
    /// <summary>A whole number without a sign; also true and false.</summary>
    Unsigned,

    /// <summary>A whole number.</summary>
    Signed,

    /// <summary>A number with a fraction.</summary>
    Float,

    /// <summary>A text in bytes.</summary>
    Text,

    /// <summary>A text of four bytes per letter.</summary>
    WideText,
}
