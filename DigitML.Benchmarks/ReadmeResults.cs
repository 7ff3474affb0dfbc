using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>Puts the tables of the committed result files into docs/results.md, and the few that matter most into the README, each between its two markers.</summary>
internal static class ReadmeResults
{
    // In the order of the page. Other results are details for readers who look for them.
    private static readonly string[] Headlines = ["epochs-batch", "peers", "variants", "footprint", "load", "mlnet-trainers"];

    private static readonly string[] ReadmeRecipes = ["compact", "best", "ensemble", "fast"];

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
        foreach (string headline in Headlines)
        {
            if (Newest(headline) is { } file) tables.Append('\n').Append(File.ReadAllText(file));
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

        tables.Append("\nMean ± standard deviation over five seeds; seconds are those of the whole command.\n");
        if (Newest("peers") is { } file) AppendFastestPeers(tables, file);
        return tables.Append('\n').ToString();
    }

    // Of the rows of each work, the one with the fastest peer.
    private static void AppendFastestPeers(StringBuilder tables, string file)
    {
        string[][] rows = RowsOf(file);
        tables.Append("\n| work | DigitML | fastest peer | | ratio |\n|---|---:|---|---:|---:|\n");
        foreach (IGrouping<string, string[]> work in rows.GroupBy(row => row[0]))
        {
            string[] row = work.MinBy(row => double.Parse(row[6].TrimEnd('x'), CultureInfo.InvariantCulture))!;
            tables.Append($"| {row[0]}, {row[2]} {(row[2] == "1" ? "thread" : "threads")} | {row[3]} | {row[4]} | {row[5]} | {row[6]} |\n");
        }

        tables.Append($"\nMeasured in turn with {string.Join(", ", rows.Select(row => row[4]).Distinct().Order(StringComparer.Ordinal))}. {File.ReadAllLines(file)[^1]}\n");
    }

    // The last result of a name, whichever processor it was measured on.
    private static string? Newest(string name) => Directory.EnumerateFiles(Results, $"{name}.json", SearchOption.AllDirectories)
        .OrderBy(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("date").GetString(), StringComparer.Ordinal)
        .Select(file => Path.ChangeExtension(file, ".md")).LastOrDefault();

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
