using System.Xml.Linq;
using DigitML.Experiments.Comparisons;
using DigitML.Tests.EndToEnd;
using DigitML.Tests.Reports;

namespace DigitML.Tests.Comparisons;

/// <summary>The page of a comparison.</summary>
public sealed class ComparisonPageTests(CompareEndToEndTests.ThreeRuns runs) : IClassFixture<CompareEndToEndTests.ThreeRuns>
{
    private const int MostOfGroup = 28;
    private readonly SmallData data = runs.Data;

    [Fact]
    public void The_rows_on_which_two_runs_disagree_are_shown_by_which_of_them_is_right()
    {
        XElement section = PageOf("runs/short", "runs/long").Section("disagreements");
        (string Label, string One, string Other)[] rows = [.. Rows("runs/short").Zip(Rows("runs/long"), (one, other) => (one[1], one[2], other[2])).Where(row => row.Item2 != row.Item3)];
        int onlyOne = rows.Count(row => row.One == row.Label), onlyOther = rows.Count(row => row.Other == row.Label), neither = rows.Length - onlyOne - onlyOther;
        (string Title, int Count)[] groups = [("Only short is right", onlyOne), ("Only long is right", onlyOther), ("Both are wrong, in different ways", neither)];
        groups = [.. groups.Where(group => group.Count > 0)];
        Assert.Equal(groups.Select(group => $"{group.Title}: {group.Count} {(group.Count == 1 ? "row" : "rows")}"), section.Elements("h3").Select(title => title.Value));
        Assert.Equal(groups.Sum(group => Math.Min(group.Count, MostOfGroup)), section.Descendants("img").Count());

        XElement first = section.Descendants("figcaption").First();
        string[] row = Rows("runs/short").First(one => one[0] == first.Elements("small").Last().Value["row ".Length..]);
        string other = Rows("runs/long").First(one => one[0] == row[0])[2];
        Assert.Equal(
            [$"label {row[1]}", $"{(row[2] == row[1] ? "✓" : "✗")} short: {row[2]}", $"{(other == row[1] ? "✓" : "✗")} long: {other}"], first.Elements("span").Select(line => line.Value));
    }

    [Fact]
    public void Without_the_file_of_the_rows_there_are_no_pictures()
    {
        foreach (string run in new[] { "short", "long" })
        {
            Directory.CreateDirectory(data.In($"moved/{run}"));
            foreach (string file in new[] { "metrics.json", "predictions.csv" }) File.Copy(data.In($"runs/{run}/{file}"), data.In($"moved/{run}/{file}"), overwrite: true);
        }

        XElement section = PageOf("moved/short", "moved/long").Section("disagreements");
        Assert.Empty(section.Descendants("img"));
        Assert.NotEmpty(section.Descendants("figcaption"));
        Assert.EndsWith("The pictures are missing: the file of the rows is not where the runs read it, or has changed.", section.Element("p")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_have_names_that_differ()
    {
        Assert.Equal(["first", "second"], RunPaths.NamesOf(["a/first", "b/second/metrics.json"]));
        Assert.Equal(["a/run", "b/run"], RunPaths.NamesOf(["x/a/run", "x/b/run/"]));
        Assert.Equal(["run", "network-1"], RunPaths.NamesOf(["x/run", "x/run/network-1"]));
        foreach (string folder in new[] { "p/run", "q/run" })
        {
            Directory.CreateDirectory(data.In(folder));
            foreach (string file in Directory.GetFiles(data.In("runs/short"))) File.Copy(file, data.In($"{folder}/{Path.GetFileName(file)}"), overwrite: true);
        }

        XElement page = PageOf("p/run", "q/run");
        Assert.Equal(["p/run", "q/run"], page.Section("curves").Descendants("figcaption").First().Elements("span").Select(name => name.Value.Trim()));
        Assert.Equal("They predict the same class for every row.", page.Section("disagreements").Element("p")!.Value);
    }

    [Fact]
    public void A_class_without_rows_has_no_F1()
    {
        string test = data.In("no-zero.csv");
        File.WriteAllLines(test, File.ReadLines(data.Test).Where(line => !line.StartsWith("0,", StringComparison.Ordinal)));
        foreach (string run in new[] { "short", "long" })
        {
            ConsoleRun evaluated = ConsoleRun.Of("evaluate", "--model", data.In($"runs/{run}/model.onnx"), "--data", test, "--out", data.In($"no-zero/{run}"));
            Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        }

        Assert.Equal(["0", "no rows", "no rows"], PageOf("no-zero/short", "no-zero/long").Section("classes").Rows()[0]);
        Assert.Equal(["0", "–", "–", "–", "–", "no rows"], PageReader.Read(data.In("no-zero/long/report.html")).Section("classes").Rows()[0]);
    }

    private XElement PageOf(params string[] folders)
    {
        string file = data.In($"{string.Join('-', folders).Replace('/', '-')}.html");
        ConsoleRun run = ConsoleRun.Of(["compare", .. folders.Select(data.In), "--out", file]);
        Assert.True(run.ExitCode == 0, run.Error);
        return PageReader.Read(file);
    }

    private IEnumerable<string[]> Rows(string folder) => File.ReadLines(data.In($"{folder}/predictions.csv")).Skip(1).Select(line => line.Split(','));
}
