using System.Text;
using DigitML.Engine;

namespace DigitML.Data.Sources;

/// <summary>Names files that are not read, with a way out.</summary>
internal static class KnownFormats
{
    private static readonly (byte[] Start, string Refusal)[] Starts =
    [
        ([0x89, .. "HDF"u8], "is an HDF5 file, which is not read; save its arrays from Python: numpy.savez('digits.npz', images=..., labels=...)"),
        ([.. "MATLAB "u8], "is a MATLAB file, which is not read; save its arrays as CSV: writematrix([labels images], 'digits.csv')"),
        ([0xD0, 0xCF, 0x11, 0xE0], "is an Excel workbook, which is not read; save the sheet as CSV and name that file"),
        ([0x80, 2], "is a Python pickle, which is not read, as it may run any program; save its arrays with numpy.savez"),
        ([0x80, 3], "is a Python pickle, which is not read, as it may run any program; save its arrays with numpy.savez"),
        ([0x80, 4, 0x95], "is a Python pickle, which is not read, as it may run any program; save its arrays with numpy.savez"),
        ([0x80, 5, 0x95], "is a Python pickle, which is not read, as it may run any program; save its arrays with numpy.savez"),
        ([.. "BZh"u8], "is bzip2 data, which is not read; unpack it with bunzip2"),
        ([0xFD, .. "7zXZ"u8], "is xz data, which is not read; unpack it with unxz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "is zstd data, which is not read; unpack it with unzstd"),
        ([.. "7z"u8, 0xBC, 0xAF], "is a 7z archive, which is not read; unpack it and name the file inside"),
        ([.. "Rar!"u8], "is a RAR archive, which is not read; unpack it and name the file inside"),
        ([.. "ARROW1"u8], "is a Feather file, which is not read; save it as CSV or Parquet"),
        ([.. "FEA1"u8], "is a Feather file, which is not read; save it as CSV or Parquet"),
        ([.. "SQLite format 3"u8], "is an SQLite database, which is not read; export the table as CSV"),
        ([.. "%PDF"u8], "is a PDF document; name a file with rows of pixels"),
        ([0x89, .. "PNG"u8], "is one picture, not a file of rows; digitml predict --image reads it, and for training name a folder of pictures"),
        ([0xFF, 0xD8, 0xFF], "is one picture, not a file of rows; digitml predict --image reads it, and for training name a folder of pictures"),
        ([.. "GIF8"u8], "is one picture, not a file of rows; digitml predict --image reads PNG and JPEG"),
        ([.. "version https://git-lfs"u8], "is a Git LFS pointer, not the data itself; run git lfs pull"),
    ];

    /// <summary>Throws if a file is of a known format that is not read.</summary>
    /// <exception cref="DigitMLException">It is; the message names the format and the way out.</exception>
    public static void Refuse(DataFile file)
    {
        foreach ((byte[] start, string refusal) in Starts)
        {
            if (file.Head.StartsWith(start)) throw new DigitMLException($"{file.Name} {refusal}.");
        }

        if (RefusalOfText(Encoding.UTF8.GetString(file.Head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n')) is { } text) throw new DigitMLException($"{file.Name} {text}.");
    }

    private static string? RefusalOfText(string head)
    {
        if (StartsWith("<!doctype html") || StartsWith("<html")) return "is a web page, perhaps of a login, not the data; download the file again in a browser";
        if (StartsWith("<?xml")) return "is an XML file, which is not read; save its rows as CSV";
        if (StartsWith("{") || StartsWith("[{") || StartsWith("[[")) return "is a JSON file, which is not read; save its rows as CSV";
        bool isArff = StartsWith("@relation") || StartsWith("%") && head.Contains("@relation", StringComparison.OrdinalIgnoreCase);
        if (isArff) return "is an ARFF file, which is not read; remove the lines up to @DATA, or download the CSV file of the data set";
        string[] cells = head.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isSparse = cells.Length > 1 && cells.Skip(1).Take(3).All(cell => cell.Split(':') is [var index, var value] && int.TryParse(index, out _) && value.Length > 0);
        return isSparse ? "is an SVMlight file, which is not read; save it as CSV: sklearn.datasets.load_svmlight_file(...), then toarray()" : null;

        bool StartsWith(string start) => head.StartsWith(start, StringComparison.OrdinalIgnoreCase);
    }
}
