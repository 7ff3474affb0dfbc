namespace DigitML.Tests.Documentation;

/// <summary>
/// A part of the documentation that is generated from the code: a whole file, or the lines of a page between two markers. With DIGITML_UPDATE_DOCS=1 in the environment the test
/// writes it; otherwise the test fails if it differs.
/// </summary>
internal static class GeneratedPart
{
    private static bool Updates => Environment.GetEnvironmentVariable("DIGITML_UPDATE_DOCS") == "1";

    internal static void CheckFile(string path, string text)
    {
        string file = RepositoryFolder.PathOf(path);
        if (Updates) File.WriteAllText(file, text);
        Assert.Equal(text, File.ReadAllText(file));
    }

    internal static void CheckBlock(string path, string marker, string text)
    {
        string file = RepositoryFolder.PathOf(path), page = File.ReadAllText(file), begin = $"<!-- {marker}:begin -->\n", end = $"<!-- {marker}:end -->";
        int from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length, to = page.IndexOf(end, StringComparison.Ordinal);
        if (Updates) File.WriteAllText(file, string.Concat(page.AsSpan(0, from), text, page.AsSpan(to)));
        else Assert.Equal(text, page[from..to]);
    }
}
