using System.Text.Json;
using System.Xml.Linq;
using DigitML.Experiments.Evaluation;
using DigitML.Tests.EndToEnd;
using DigitML.Tests.Reports;

namespace DigitML.Tests.Comparisons;

public sealed class CompareEndToEndTests(CompareEndToEndTests.ThreeRuns runs) : IClassFixture<CompareEndToEndTests.ThreeRuns>
{
    /// <summary>A run of one epoch, one of four, and one of four on other rows.</summary>
    public sealed class ThreeRuns : IDisposable
    {
        internal SmallData Data { get; } = new();

        public ThreeRuns()
        {
            Train("runs/short", Data.Test, "--epochs", "1");
            Train("runs/long", Data.Test, "--seed", "2");
            Train("elsewhere", Data.Train);
        }

        public void Dispose() => Data.Dispose();

        private void Train(string folder, string test, params string[] more)
        {
            ConsoleRun run = ConsoleRun.Of(["train", "--data", Data.Train, "--test-data", test, "--recipe", Data.Recipe, "--out", Data.In(folder), .. more]);
            Assert.True(run.ExitCode == 0, run.Error);
        }
    }

    private readonly SmallData data = runs.Data;

    [Fact]
    public void Runs_stand_side_by_side_with_what_is_more_than_chance_and_what_differs_in_their_plans()
    {
        ConsoleRun run = ConsoleRun.Of("compare", data.In("runs/short"), data.In("runs/long"));
        Assert.True(run.ExitCode == 0, run.Error);
        string[] lines = run.Output.Split('\n');
        Assert.Matches(@"^run +accuracy +macro accuracy +log-loss +mistakes +rows +validation accuracy +epochs +seconds$", lines[0]);
        Assert.Matches(@"^short +\d+\.\d\d %\*? +\d+\.\d\d %\*? .* 100 ", lines[1]);
        Assert.Matches(@"^long +\d+\.\d\d %\* +\d+\.\d\d %\* ", lines[2]);
        Assert.Contains("\nAccuracy compared with short:\n  long  +", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\+\d+\.00 points \(\d+ rows that only long predicts correctly, \d+ that only short does; p [=<] 0\.\d+\): better", run.Output);
        Assert.EndsWith("\nDifferences between their plans:\n  seed\n    1  (short)\n    2  (long)\n  recipe.training.epochs\n    1  (short)\n    4  (long)\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_are_those_of_the_runs()
    {
        JsonElement json = JsonDocument.Parse(ConsoleRun.Of("compare", data.In("runs/long"), data.In("runs/short"), "--json").Output).RootElement;
        JsonElement[] both = [.. json.GetProperty("runs").EnumerateArray()];
        Assert.Equal(["long", "short"], both.Select(run => run.GetProperty("name").GetString()));
        double[] accuracies = [.. both.Select(run => run.GetProperty("microAccuracy").GetDouble())];
        Assert.Equal(Accuracy("runs/long"), accuracies[0]);

        // Row by row from the files themselves.
        bool[] one = Right("runs/long"), other = Right("runs/short");
        JsonElement difference = json.GetProperty("differences")[0];
        Assert.Equal(one.Zip(other).Count(pair => pair.First && !pair.Second), difference.GetProperty("onlyFirstRight").GetInt32());
        Assert.Equal(one.Zip(other).Count(pair => !pair.First && pair.Second), difference.GetProperty("onlySecondRight").GetInt32());
        Assert.Equal(100 * (accuracies[1] - accuracies[0]), difference.GetProperty("points").GetDouble(), 9);
        Assert.Equal(["1"], json.GetProperty("settings").GetProperty("recipe.training.epochs").EnumerateArray().Skip(1).Select(value => value.GetString()));
    }

    [Fact]
    public void A_pattern_names_the_tested_runs_in_a_folder()
    {
        Directory.CreateDirectory(data.In("runs/empty"));
        Assert.Equal(
            ConsoleRun.Of("compare", data.In("runs/long"), data.In("runs/short")).Output, ConsoleRun.Of("compare", data.In("runs/*")).Output);
        Assert.Equal(
            ConsoleRun.Of("compare", data.In("runs/long"), data.In("runs/short")).Output, ConsoleRun.Of("compare", data.In("runs/*/metrics.json")).Output);
    }

    [Fact]
    public void What_matches_a_pattern_and_is_no_run_is_skipped_and_told()
    {
        foreach (string run in new[] { "short", "long" })
        {
            Directory.CreateDirectory(data.In($"mixed/{run}"));
            File.Copy(data.In($"runs/{run}/metrics.json"), data.In($"mixed/{run}/metrics.json"));
        }

        File.WriteAllText(data.In("mixed/sweep.json"), "{}");
        ConsoleRun one = ConsoleRun.Of("compare", data.In("mixed/*"));
        Assert.Equal((0, $"Skipped, because it is no evaluated run: {data.In("mixed/sweep.json")}\n"), (one.ExitCode, one.Error));
        foreach (string name in new[] { "a.txt", "b.txt", "c.txt" }) File.WriteAllText(data.In($"mixed/{name}"), "text");
        ConsoleRun four = ConsoleRun.Of("compare", data.In("mixed/*"));
        Assert.Equal($"Skipped, because they are no evaluated runs: {data.In("mixed/a.txt")}, {data.In("mixed/b.txt")}, {data.In("mixed/c.txt")} and 1 more\n", four.Error);
        Assert.Equal(one.Output, four.Output);
        Assert.StartsWith($"error: {data.In("mixed/sweep.json")} is not a metrics file: ", ConsoleRun.Of("compare", data.In("mixed/short"), data.In("mixed/sweep.json")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_different_runs_are_counted_and_named_in_a_sentence()
    {
        string other = data.In("large/metrics.json");
        Directory.CreateDirectory(data.In("large"));
        MetricsFile metrics = MetricsFile.Read(data.In("runs/long/metrics.json"));
        int[][] counts = [.. metrics.ConfusionMatrix.Counts.Select(row => row.ToArray())];
        counts[0][0] += 1100;
        (metrics with { Dataset = "train.csv (validation rows)", DatasetChecksum = "other", Rows = metrics.Rows + 1100, ConfusionMatrix = new ConfusionMatrixRecord(counts) }).Write(other);
        Fails(
            $"{other} was evaluated on the 1,200 rows of train.csv (validation rows) but {data.In("runs/long")} on the 100 rows of test.csv; evaluate both on the same rows, or add --different-data.",
            data.In("runs/long"), other);
    }

    [Fact]
    public void Without_predictions_there_is_an_interval()
    {
        Directory.CreateDirectory(data.In("bare"));
        File.Copy(data.In("runs/long/metrics.json"), data.In("bare/long.json"), overwrite: true);
        string output = ConsoleRun.Of("compare", data.In("runs/short"), data.In("bare/long.json")).Output;
        Assert.Matches(@"\blong\.json  \+\d+\.\d\d points \(95 % interval [+-]\d+\.\d\d to \+\d+\.\d\d, predictions not kept\): ", output);
        Assert.DoesNotContain("What differs", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_on_different_rows_are_refused_unless_told_otherwise()
    {
        ConsoleRun refused = ConsoleRun.Of("compare", data.In("runs/long"), data.In("elsewhere"));
        Assert.Equal(
            (1, $"error: {data.In("elsewhere")} was evaluated on the 400 rows of train.csv but {data.In("runs/long")} on the 100 rows of test.csv; evaluate both on the same rows, or add --different-data.\n"),
            (refused.ExitCode, refused.Error));
        string output = ConsoleRun.Of("compare", data.In("runs/long"), data.In("elsewhere"), "--different-data").Output;
        Assert.DoesNotContain("Accuracy beside", output, StringComparison.Ordinal);
        Assert.Contains("\nelsewhere", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_runs_stands_for_its_runs()
    {
        ConsoleRun folder = ConsoleRun.Of("compare", data.In("runs")), runs = ConsoleRun.Of("compare", data.In("runs/long"), data.In("runs/short"));
        Assert.Equal((0, runs.Output, ""), (folder.ExitCode, folder.Output, folder.Error));
    }

    [Fact]
    public void What_does_not_fit_the_others_is_left_out_and_named()
    {
        Directory.CreateDirectory(data.In("cut"));
        File.WriteAllText(data.In("cut/metrics.json"), File.ReadAllText(data.In("runs/long/metrics.json"))[..100]);
        ConsoleRun some = ConsoleRun.Of("compare", data.In("runs/long"), data.In("elsewhere"), data.In("cut"), data.In("runs/short"));
        Assert.Equal((0, ConsoleRun.Of("compare", data.In("runs/long"), data.In("runs/short")).Output), (some.ExitCode, some.Output));
        string[] lines = some.Error.TrimEnd().Split('\n');
        Assert.StartsWith($"Left out: {data.In("elsewhere")} was evaluated on the 400 rows of train.csv but ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"Left out: {data.In("cut/metrics.json")} is not a metrics file: it is empty or cut off; ", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void What_is_no_run_is_told()
    {
        Fails($"{data.In("nothing")}: there is no such file; check the path.", data.In("runs/long"), data.In("nothing"));
        Fails($"{data.In("nothing*")}: there is no folder of an evaluated run and no metrics file with this name.", data.In("nothing*"));
        Fails($"{data.In("runs/long")} names only one run; a comparison needs two or more.", data.In("runs/long"));
        string empty = Directory.CreateDirectory(data.In("empty")).FullName;
        Fails($"{empty} has no metrics.json; it is neither a finished run with a test nor a folder written by evaluate --out.", data.In("runs/long"), empty);
        Fails($"{empty} has no metrics.json; it is neither a finished run with a test nor a folder written by evaluate --out.", empty);
    }

    [Fact]
    public void The_page_has_the_metrics_curves_and_settings()
    {
        ConsoleRun run = ConsoleRun.Of("compare", data.In("runs/short"), data.In("runs/long"), "--out", data.In("page.html"), "--plots", data.In("plots"));
        Assert.True(run.ExitCode == 0, run.Error);
        XElement page = PageReader.Read(data.In("page.html"));
        Assert.Equal(["metrics", "differences", "curves", "disagreements", "classes", "plans"], page.Descendants("section").Select(section => section.Attribute("id")!.Value));
        Assert.Equal(["short", "long"], page.Section("metrics").Rows().Select(row => row[0]));
        Assert.Equal(10, page.Section("classes").Rows().Length);
        Assert.Equal(2, page.Section("curves").Descendants("figure").First().Descendants("polyline").Count());
        Assert.Equal(["validation-error-rate.svg", "validation-loss.svg"], Directory.GetFiles(data.In("plots")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Markdown_has_the_best_bold_and_a_column_for_each_run()
    {
        string markdown = ConsoleRun.Of("compare", data.In("runs/short"), data.In("runs/long"), "--markdown").Output;
        Assert.StartsWith("| run | accuracy | ", markdown, StringComparison.Ordinal);
        Assert.Contains("\n| long | **", markdown, StringComparison.Ordinal);
        Assert.Contains("\n- **long**: +", markdown, StringComparison.Ordinal);
        Assert.Contains("\n| setting | short | long |\n|---|---|---|\n| seed | 1 | 2 |\n| recipe.training.epochs | 1 | 4 |\n", markdown, StringComparison.Ordinal);
    }

    private static void Fails(string message, params string[] paths)
    {
        ConsoleRun run = ConsoleRun.Of(["compare", .. paths]);
        Assert.Equal((1, $"error: {message}\n"), (run.ExitCode, run.Error));
    }

    private double Accuracy(string folder) => JsonDocument.Parse(File.ReadAllText(data.In($"{folder}/metrics.json"))).RootElement.GetProperty("microAccuracy").GetDouble();

    private bool[] Right(string folder) => [.. File.ReadAllLines(data.In($"{folder}/predictions.csv")).Skip(1).Select(line => line.Split(',')).Select(cells => cells[1] == cells[2])];
}
