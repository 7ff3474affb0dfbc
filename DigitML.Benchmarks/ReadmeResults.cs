using System.Text;

namespace DigitML.Benchmarks;

/// <summary>Puts the headline tables of the committed result files into the README, between its two markers.</summary>
internal static class ReadmeResults
{
    private const string Begin = "<!-- results:begin -->", End = "<!-- results:end -->";

    // In the order of the README. Other results are details for readers who look for them.
    private static readonly string[] Headlines = ["epochs-batch", "side-by-side", "footprint", "load", "mlnet-trainers"];

    private const int HeadLines = 2;

    private static string Results => Path.Combine(ResultFiles.Project, "results");

    internal static void Update()
    {
        string path = Path.Combine(ResultFiles.Project, "..", "README.md"), readme = File.ReadAllText(path);
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = readme.IndexOf(End, StringComparison.Ordinal);
        var tables = new StringBuilder("\n");
        AppendTogether(
            tables, "accuracy",
            "Mean ± standard deviation over seeds; \"with shifts\" averages the scores of each digit and of its shifts by a pixel; seconds are those of the whole command, loading and testing included.");
        AppendTogether(tables, "build", "`digitml build` within a time budget, and `digitml train` with the default recipe, each on the same rows; seconds are those of the whole command.");
        string[] files = [.. Directory.EnumerateFiles(Results, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (string headline in Headlines)
        {
            foreach (string file in files.Where(file => Path.GetFileNameWithoutExtension(file) == headline)) tables.Append('\n').Append(File.ReadAllText(file));
        }

        File.WriteAllText(path, string.Concat(readme.AsSpan(0, begin), tables.Append('\n').ToString(), readme.AsSpan(end)));
    }

    // The tables of such a folder share one header: together they form one table, and the files keep what each row was measured on.
    private static void AppendTogether(StringBuilder tables, string name, string note)
    {
        string folder = Path.Combine(Results, name);
        if (!Directory.Exists(folder)) return;
        string[][] each = [.. Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).Select(File.ReadAllLines)];
        tables.Append('\n');
        foreach (string line in each[0].Take(HeadLines)) tables.Append(line).Append('\n');
        foreach (string[] lines in each) tables.Append(lines[HeadLines]).Append('\n');
        tables.Append('\n').Append(note).Append(" `DigitML.Benchmarks/results/").Append(name).Append("` has every run, with its processor and commit.\n");
    }
}
