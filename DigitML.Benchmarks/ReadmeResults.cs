using System.Text;

namespace DigitML.Benchmarks;

/// <summary>Puts the headline tables of the committed result files into the README, between its two markers.</summary>
internal static class ReadmeResults
{
    private const string Begin = "<!-- results:begin -->", End = "<!-- results:end -->";

    // What a file's name begins with, in the order of the README. Other results are details, for who looks for them.
    private static readonly string[] Headlines = ["accuracy-", "side-by-side", "numeric-modes", "footprint"];

    internal static void Update()
    {
        string path = Path.Combine(ResultFiles.Project, "..", "README.md"), readme = File.ReadAllText(path);
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = readme.IndexOf(End, StringComparison.Ordinal);
        var tables = new StringBuilder("\n");
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(ResultFiles.Project, "results"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (string headline in Headlines)
        {
            foreach (string file in files.Where(file => Path.GetFileName(file).StartsWith(headline, StringComparison.Ordinal)))
            {
                tables.Append('\n').Append(File.ReadAllText(file));
            }
        }

        File.WriteAllText(path, string.Concat(readme.AsSpan(0, begin), tables.Append('\n').ToString(), readme.AsSpan(end)));
    }
}
