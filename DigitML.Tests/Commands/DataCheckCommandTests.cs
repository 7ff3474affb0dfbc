using System.Text.Json;
using DigitML.Tests.Data;
using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Commands;

/// <summary>The commands that look at rows: check, mislabelled, split.</summary>
public sealed class DataCheckCommandTests : DataFolder
{
    private const string Csv = "label,pixel0,pixel1,pixel2,pixel3\n7,255,0,0,9\n2,200,200,0,0\n2,255,0,0,9\n7,5,5,5,5\n";

    [Fact]
    public void Check_lists_rows_that_may_be_wrong()
    {
        string path = Write("a.csv", Csv), test = Write("b.csv", "label,pixel0,pixel1,pixel2,pixel3\n2,200,200,0,0\n7,0,0,0,254\n"), to = PathOf("out");

        ConsoleRun run = ConsoleRun.Of("data", "check", path, "--test-data", test, "--out", to);

        Assert.Equal((0, $"""
            4 rows and 2 test rows:
              1 row with the picture of an earlier row, but another label
              1 test row of 2 is among the training rows
              1 empty picture
            {to}/check.html, {to}/check.csv

            """), (run.ExitCode, run.Output));
        Assert.Equal("problem,row,label,other_row,other_label\nother-label,3,2,1,7\ntest-in-training,1,2,2,2\nempty-picture,4,7,,\n", File.ReadAllText(Path.Combine(to, "check.csv")));
        string page = File.ReadAllText(Path.Combine(to, "check.html"));
        Assert.Contains("<h1>Check of a.csv</h1>", page, StringComparison.Ordinal);
        Assert.Equal(3, page.Split("<figure").Length - 1);
        Assert.Equal(0, ConsoleRun.Of("data", "check", path, "--out", to).ExitCode);
    }

    [Fact]
    public void Check_overwrites_nothing_of_the_users()
    {
        string path = Write("a.csv", Csv), own = Write("check.csv", "mine\n");
        ConsoleRun run = ConsoleRun.Of("data", "check", path, "--out", PathOf(""));
        Assert.Equal((1, "mine\n"), (run.ExitCode, File.ReadAllText(own)));
        Assert.Contains("already holds check.csv; choose another --out.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_and_train_tell_what_stands_out()
    {
        string path = Write("a.csv", Csv);
        Assert.Contains("note: 1 row with the picture of an earlier row, but another label; digitml data check lists them\n", ConsoleRun.Of("data", "info", path).Output, StringComparison.Ordinal);
        using JsonDocument info = JsonDocument.Parse(ConsoleRun.Of("data", "info", path, "--json").Output);
        Assert.Equal(2, info.RootElement.GetProperty("notes").GetArrayLength());
    }

    [Fact]
    public void Mislabelled_ranks_the_wrong_label_first()
    {
        var digits = new TinyDigits(120, side: 28, classes: 2);
        string path = Write("a.csv", digits.Table((row, label, pixels) => [row == 17 ? label == "0" ? "1" : "0" : label, .. pixels.Select((pixel, i) => label == "0" && i % 28 > 13 ? "0" : pixel)], digits.Header()));

        ConsoleRun run = ConsoleRun.OnCpu("data", "mislabelled", path, "--folds", "3", "--recipe", "tiny", "--epochs", "6", "--out", PathOf("out"));

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("rank,row,label,suggested,label_score,suggested_score\n1,18,", File.ReadAllText(PathOf("out/mislabelled.csv")), StringComparison.Ordinal);
        Assert.Contains("<h1>Labels of a.csv</h1>", File.ReadAllText(PathOf("out/mislabelled.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Mislabelled_needs_two_rows_of_every_class() => Assert.Equal(
        $"error: {PathOf("a.csv")}: a class has a single row, so no network can judge it; add rows.\n",
        ConsoleRun.Of("data", "mislabelled", Write("a.csv", "label,pixel0,pixel1,pixel2,pixel3\n7,255,0,0,9\n2,200,200,0,0\n2,255,0,0,9\n")).Error.Split("pixels 0 to 255\n")[^1]);

    [Fact]
    public void Split_writes_files_in_which_every_class_keeps_its_share()
    {
        var digits = new TinyDigits(100, side: 4, classes: 5);
        string path = Write("a.csv", digits.Plain()), to = PathOf("parts");

        ConsoleRun run = ConsoleRun.Of("data", "split", path, "--test-fraction", "0.2", "--validation-fraction", "0.1", "--out", to);

        Assert.Equal((0, $"{to}/train.csv: 70 rows\n{to}/validation.csv: 10 rows\n{to}/test.csv: 20 rows\n"), (run.ExitCode, run.Output));
        string[] test = File.ReadAllLines(Path.Combine(to, "test.csv"))[1..];
        Assert.All(test.GroupBy(line => line[0]), group => Assert.Equal(4, group.Count()));
        string[] all = [.. new[] { "train", "validation", "test" }.SelectMany(name => File.ReadAllLines(Path.Combine(to, $"{name}.csv"))[1..])];
        Assert.Equal(File.ReadAllLines(path).Order(StringComparer.Ordinal), all.Order(StringComparer.Ordinal));
        Assert.Contains("train.csv already exists; delete it or choose another --out.", ConsoleRun.Of("data", "split", path, "--out", to).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_needs_fractions_that_leave_rows_to_train_on() => Assert.Contains(
        "their sum must be above 0 and below 1.", ConsoleRun.Of("data", "split", Write("a.csv", Csv), "--test-fraction", "0.6", "--validation-fraction", "0.5", "--out", PathOf("x")).Error, StringComparison.Ordinal);
}
