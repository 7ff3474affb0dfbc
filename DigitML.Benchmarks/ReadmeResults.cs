using System.Text;

namespace DigitML.Benchmarks;

/// <summary>Puts the tables of the committed result files into docs/results.md, and the few that matter most into the README, each between its two markers.</summary>
internal static class ReadmeResults
{
    // In the order of the page. Other results are details for readers who look for them.
    private static readonly string[] Headlines = ["epochs-batch", "side-by-side", "footprint", "load", "mlnet-trainers"];

    private static readonly string[] ReadmeRecipes = ["compact", "best", "ensemble", "fast"];

    private static readonly string[] ReadmeWork = ["train `keras-cnn`", "predict `keras-cnn`", "predict one `keras-cnn` image"];

    private const int HeadLines = 2;

    private static string Repository => Path.Combine(ResultFiles.Project, "..");

    private static string Results => Path.Combine(ResultFiles.Project, "results");

    internal static void Update()
    {
        Replace("docs/results.md", "results", AllTables());
        Replace("README.md", "reaches", ReadmeTables());
    }

    private static void Replace(string page, string marker, string tables)
    {
        string path = Path.Combine(Repository, page), text = File.ReadAllText(path), first = $"<!-- {marker}:begin -->";
        int begin = text.IndexOf(first, StringComparison.Ordinal) + first.Length, end = text.IndexOf($"<!-- {marker}:end -->", StringComparison.Ordinal);
        File.WriteAllText(path, string.Concat(text.AsSpan(0, begin), tables, text.AsSpan(end)));
    }

    private static string AllTables()
    {
        var tables = new StringBuilder("\n");
        AppendTogether(
            tables, "accuracy",
            "Mean ± standard deviation over seeds; \"with shifts\" averages the scores of each digit and its four one-pixel shifts; seconds are those of the whole command, loading and testing included.");
        AppendTogether(tables, "build", "`digitml build` within a time budget, and `digitml train` with the default recipe, both on the same rows; seconds are those of the whole command.");
        string[] files = [.. Directory.EnumerateFiles(Results, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (string headline in Headlines)
        {
            foreach (string file in files.Where(file => Path.GetFileNameWithoutExtension(file) == headline)) tables.Append('\n').Append(File.ReadAllText(file));
        }

        return tables.Append('\n').ToString();
    }

    // Rows of the result files' own tables, with fewer columns.
    private static string ReadmeTables()
    {
        var tables = new StringBuilder("\n\n| recipe | parameters | accuracy on MNIST's test digits | seconds | threads |\n|---|---:|---:|---:|---:|\n");
        foreach (string[] row in ReadmeRecipes.Select(recipe => RowsOf(Path.Combine(Results, "accuracy", $"{recipe}.md"))[0]))
        {
            tables.Append($"| {row[0]} | {row[2]} | {row[5]} | {row[7]} | {row[8]} |\n");
        }

        tables.Append("\nMean ± standard deviation over five seeds; seconds are those of the whole command.\n\n| work | DigitML | | | ratio |\n|---|---:|---|---:|---:|\n");
        string file = Directory.EnumerateFiles(Results, "side-by-side.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        foreach (string[] row in RowsOf(file).Where(row => ReadmeWork.Contains(row[0])))
        {
            tables.Append($"| {row[0]}, {row[2]} {(row[2] == "1" ? "thread" : "threads")} | {row[3]} | {row[4]} | {row[5]} | {row[6]} |\n");
        }

        return tables.Append('\n').Append(File.ReadAllLines(file)[^1]).Append("\n\n").ToString();
    }

    private static string[][] RowsOf(string file) =>
        [.. File.ReadLines(file).Where(line => line.StartsWith('|')).Skip(HeadLines).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

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
