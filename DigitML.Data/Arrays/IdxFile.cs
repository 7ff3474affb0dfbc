using System.Buffers.Binary;
using DigitML.Data.Sources;
using DigitML.Engine;

namespace DigitML.Data.Arrays;

/// <summary>
/// A file in the IDX format, MNIST's original format: two zero bytes, the type (8: unsigned bytes), the number of dimensions, their sizes (32-bit
/// big-endian), the data. http://yann.lecun.com/exdb/mnist
/// </summary>
internal static class IdxFile
{
    /// <summary>True if the first four bytes are those of an IDX file.</summary>
    public static bool IsIdx(int magic) => magic >>> 16 == 0 && Element(magic) is not null && (magic & 0xFF) is > 0 and < 9;

    /// <summary>The array in the file.</summary>
    /// <exception cref="DigitMLException">The file ends inside its header.</exception>
    public static NumberArray Read(DataFile file)
    {
        int dimensions = file.Magic & 0xFF, length = 4 + 4 * dimensions;
        if (file.Head.Length < length) throw new DigitMLException($"{file.Name} ends inside its header; download the file again.");
        var sizes = new int[dimensions];
        for (int i = 0; i < sizes.Length; i++) sizes[i] = BinaryPrimitives.ReadInt32BigEndian(file.Head[(4 + 4 * i)..]);
        (ElementKind kind, int size) = Element(file.Magic)!.Value;
        return new NumberArray(file, file.IsGzip ? "IDX.gz" : "IDX", sizes, kind, size, IsBigEndian: true, length);
    }

    private static (ElementKind Kind, int Size)? Element(int magic) => (magic >> 8 & 0xFF) switch
    {
        0x08 => (ElementKind.Unsigned, 1),
        0x09 => (ElementKind.Signed, 1),
        0x0B => (ElementKind.Signed, 2),
        0x0C => (ElementKind.Signed, 4),
        0x0D => (ElementKind.Float, 4),
        0x0E => (ElementKind.Float, 8),
        _ => null,
    };
}
