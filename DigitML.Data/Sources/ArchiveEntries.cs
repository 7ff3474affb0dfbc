using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data.Sources;

/// <summary>Picks the data file of an archive.</summary>
internal static class ArchiveEntries
{
    private const int MostNamed = 3;

    /// <summary>The one file that may hold data.</summary>
    /// <exception cref="DigitMLException">There are several, or none.</exception>
    public static string Only(string archive, IReadOnlyList<string> entries)
    {
        if (entries.Any(entry => entry is "xl/workbook.xml" or "[Content_Types].xml"))
        {
            throw new DigitMLException($"{archive} is an Excel workbook, which is not read here; save the sheet as CSV and name that file.");
        }

        string[] data = [.. entries.Where(IsData)];
        if (data.Length == 1) return data[0];
        if (data.Length == 2 && Array.Find(data, entry => PairedFile.Labels(entry, data) is not null) is { } images) return images;
        if (data.Length == 0) throw new DigitMLException($"{archive} holds no file with rows of pixels; name a file that does.");
        throw new DigitMLException($"{archive} holds {DisplayText.Count(data.Length, "file")}: {Few(data)}; name one, such as {archive}:{data[0]}.");
    }

    /// <summary>The file that the user names, with or without its folder.</summary>
    /// <exception cref="DigitMLException">There is none.</exception>
    public static string Named(string archive, IReadOnlyList<string> entries, string name)
    {
        if (entries.Contains(name)) return name;
        string[] found = [.. entries.Where(entry => Path.GetFileName(entry) == name)];
        if (found.Length == 1) return found[0];
        string[] data = [.. entries.Where(IsData)];
        throw new DigitMLException($"{archive} holds no file {DisplayText.Value(name)}; it holds {(data.Length == 0 ? "no data" : Few(data))}.");
    }

    private static string Few(string[] data) => string.Join(", ", data.Take(MostNamed)) + (data.Length > MostNamed ? $" and {data.Length - MostNamed:N0} more" : "");

    private static bool IsData(string entry)
    {
        string name = Path.GetFileName(entry);
        return !entry.StartsWith("__MACOSX/", StringComparison.Ordinal) && name.Length > 0 && name[0] != '.'
            && Path.GetExtension(name).ToUpperInvariant() is not (".MD" or ".PDF" or ".HTML" or ".JSON" or ".LICENSE" or ".RST" or ".YML" or ".YAML")
            && !name.StartsWith("README", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase);
    }
}
