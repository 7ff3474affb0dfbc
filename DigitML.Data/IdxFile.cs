using System.Buffers.Binary;
using DigitML.Engine;

namespace DigitML.Data;

/// <summary>
/// A file in the IDX format, MNIST's original format: two zero bytes, the type (8: unsigned bytes), the number of dimensions, their sizes (32-bit
/// big-endian), the data. http://yann.lecun.com/exdb/mnist
/// </summary>
internal static class IdxFile
{
    /// <summary>First four bytes of a file of images.</summary>
    public const int ImagesMagic = 0x00000803;

    /// <summary>First four bytes of a file of labels.</summary>
    public const int LabelsMagic = 0x00000801;

    /// <summary>True if the first four bytes are those of an IDX file of any kind.</summary>
    public static bool IsIdx(int magic) =>
        magic >>> 16 == 0 && (magic >> 8 & 0xFF) is 8 or 9 or 11 or 12 or 13 or 14 && (magic & 0xFF) is > 0 and < 9;

    /// <summary>Finds the pair of images and labels files from the name of either; the labels file is null if there is none.</summary>
    /// <exception cref="DigitMLException">The file of labels has no images beside it.</exception>
    public static (string Images, string? Labels) Pair(DataFile file)
    {
        if (file.Magic != LabelsMagic) return (file.Path, Partner(file.Path, "images", "labels", "idx3", "idx1"));
        string? images = Partner(file.Path, "labels", "images", "idx1", "idx3");
        if (images is not null) return (images, file.Path);
        throw new DigitMLException($"{file.Path} holds labels, but there is no file of images beside it; name the images file.");
    }

    /// <summary>The sizes in the header.</summary>
    /// <exception cref="DigitMLException">The file holds something else.</exception>
    public static int[] ReadSizes(DataFile file, Stream stream, int magic, string content)
    {
        if (file.Magic != magic)
        {
            throw new DigitMLException($"{file.Path} begins with 0x{file.Magic:X8}; an IDX file of {content} begins with 0x{magic:X8}.");
        }

        Span<byte> header = stackalloc byte[4 + 4 * (magic & 0xFF)];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            throw new DigitMLException($"{file.Path} ends inside its header; download the file again.");
        }

        var sizes = new int[magic & 0xFF];
        for (int i = 0; i < sizes.Length; i++) sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header[(4 + 4 * i)..]);
        return sizes;
    }

    private static string? Partner(string path, string fromContent, string toContent, string fromType, string toType)
    {
        string name = Path.GetFileName(path)
            .Replace(fromContent, toContent, StringComparison.OrdinalIgnoreCase).Replace(fromType, toType, StringComparison.OrdinalIgnoreCase);
        if (name == Path.GetFileName(path)) return null;
        string plain = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        string other = plain.Contains("." + toType, StringComparison.OrdinalIgnoreCase)
            ? plain.Replace("." + toType, "-" + toType, StringComparison.OrdinalIgnoreCase)
            : plain.Replace("-" + toType, "." + toType, StringComparison.OrdinalIgnoreCase);
        string folder = Path.GetDirectoryName(path) ?? "";
        string[] candidates = [name, plain, plain + ".gz", other, other + ".gz"];
        return candidates.Select(candidate => Path.Combine(folder, candidate)).FirstOrDefault(File.Exists);
    }
}
