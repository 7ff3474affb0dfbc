using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DigitML.Data.Sources;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Arrays;

/// <summary>A file of one array in numpy's format. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html</summary>
internal static partial class NpyFile
{
    /// <summary>The first four bytes.</summary>
    public const int Magic = unchecked((int)0x934E554D);

    /// <summary>The array in the file.</summary>
    /// <exception cref="DigitMLException">The header is damaged, or the elements are no numbers or texts.</exception>
    public static NumberArray Read(DataFile file)
    {
        (string header, int start) = Header(file);
        Match type = TypePattern().Match(header), shape = ShapePattern().Match(header), order = OrderPattern().Match(header);
        if (!type.Success || !shape.Success || !order.Success) throw Damaged(file);
        string letters = type.Groups["kind"].Value;
        bool hasSize = int.TryParse(type.Groups["size"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int size);
        ElementKind? kind = letters switch
        {
            "u" or "b" or "?" => ElementKind.Unsigned,
            "i" => ElementKind.Signed,
            "f" => ElementKind.Float,
            "S" => ElementKind.Text,
            "U" => ElementKind.WideText,
            _ => null,
        };
        bool isKnown = kind >= ElementKind.Text ? size is > 0 and < 1000 : kind is ElementKind.Float ? size is 2 or 4 or 8 : size is 1 or 2 or 4 or 8;
        if (kind is null || !hasSize || !isKnown)
        {
            throw new DigitMLException($"{file.Name} holds elements of numpy's type {DisplayText.Value(type.Value)}, which are not read; save the array as numbers, for example with astype('uint8').");
        }

        string[] parts = shape.Groups["sizes"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var sizes = new int[Math.Max(parts.Length, 1)];
        sizes[0] = 1;
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i])) throw Damaged(file);
        }

        if (order.Groups["order"].Value == "True" && sizes.Length > 1)
        {
            throw new DigitMLException($"{file.Name} holds its array column by column; save it with numpy.ascontiguousarray.");
        }

        return new NumberArray(file, "npy", sizes, kind.Value, letters == "U" ? 4 * size : size, type.Groups["endian"].Value == ">", start);
    }

    private static (string Header, int Start) Header(DataFile file)
    {
        if (file.Head.Length < 12 || file.Magic != Magic) throw Damaged(file);
        bool isLong = file.Head[6] > 1;
        int at = isLong ? 12 : 10;
        uint length = isLong ? BinaryPrimitives.ReadUInt32LittleEndian(file.Head[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(file.Head[8..]);
        if (length > 1 << 16 || at + length > file.Head.Length) throw Damaged(file);
        return (Encoding.UTF8.GetString(file.Head.Slice(at, (int)length)), at + (int)length);
    }

    private static DigitMLException Damaged(DataFile file) => new($"{file.Name}: the header of its numpy array is damaged; save or download it again.");

    [GeneratedRegex("'descr'\\s*:\\s*'(?<endian>[<>|=]?)(?<kind>[A-Za-z?])(?<size>\\d*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex("'shape'\\s*:\\s*\\((?<sizes>[\\d\\s,]*)\\)")]
    private static partial Regex ShapePattern();

    [GeneratedRegex("'fortran_order'\\s*:\\s*(?<order>True|False)")]
    private static partial Regex OrderPattern();
}
