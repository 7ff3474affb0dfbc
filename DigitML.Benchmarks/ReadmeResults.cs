using System.Text;

namespace DigitML.Benchmarks;

/// <summary>Puts the tables of the committed result files into the README, between its two markers.</summary>
internal static class ReadmeResults
{
    private const string Begin = "<!-- results:begin -->", End = "<!-- results:end -->";

    internal static void Update()
    {
        string path = Path.Combine(ResultFiles.Project, "..", "README.md"), readme = File.ReadAllText(path);
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = readme.IndexOf(End, StringComparison.Ordinal);
        var tables = new StringBuilder("\n");
        foreach (string file in Directory.EnumerateFiles(Path.Combine(ResultFiles.Project, "results"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            tables.Append('\n').Append(File.ReadAllText(file));
        }

        File.WriteAllText(path, string.Concat(readme.AsSpan(0, begin), tables.Append('\n').ToString(), readme.AsSpan(end)));
    }
}
