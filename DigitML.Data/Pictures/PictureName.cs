using System.Collections.Frozen;

namespace DigitML.Data.Pictures;

/// <summary>The name of a file in a tree of folders: whether it is a picture, and the folder that it is in.</summary>
internal static class PictureName
{
    private static readonly FrozenSet<string> Extensions = FrozenSet.ToFrozenSet([".png", ".jpg", ".jpeg", ".bmp", ".pgm", ".ppm"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> DataExtensions = FrozenSet.ToFrozenSet(
        [".csv", ".tsv", ".txt", ".data", ".gz", ".zip", ".tar", ".tgz", ".npz", ".npy", ".parquet", ".idx"], StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a picture in a format that is read, which is not hidden.</summary>
    public static bool IsPicture(string file) => Extensions.Contains(Path.GetExtension(file)) && !IsHidden(file);

    /// <summary>True for a file that may hold rows.</summary>
    public static bool IsData(string file) => !IsHidden(file) && (DataExtensions.Contains(Path.GetExtension(file)) || Path.GetFileName(file).EndsWith("ubyte", StringComparison.OrdinalIgnoreCase));

    /// <summary>The name of the folder that holds a file; empty if it is in none.</summary>
    public static string FolderOf(string file)
    {
        int end = file.LastIndexOf('/');
        return end < 0 ? "" : file[(file.LastIndexOf('/', end - 1) + 1)..end];
    }

    // macOS adds a hidden file to each one in an archive.
    private static bool IsHidden(string file) => file.StartsWith("__MACOSX/", StringComparison.Ordinal) || file.Split('/').Any(part => part.StartsWith('.') && part != ".");
}
