namespace DigitML.Tests.Documentation;

/// <summary>The pages for readers, as paths from the repository's root.</summary>
internal static class MarkdownPages
{
    internal static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "", "docs", "samples", "data" }.Concat(Directory.EnumerateDirectories(RepositoryFolder.Path, "DigitML.*").Select(folder => Path.GetFileName(folder)!))
            .SelectMany(folder => Directory.EnumerateFiles(RepositoryFolder.PathOf(folder), "*.md").Select(file => Path.Combine(folder, Path.GetFileName(file)).Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];

    internal static string Text(string page) => File.ReadAllText(RepositoryFolder.PathOf(page)).ReplaceLineEndings("\n");
}
