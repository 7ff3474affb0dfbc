using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Search;

public class BuildEndToEndTests(SmallData data) : IClassFixture<SmallData>
{
    [Fact]
    public void A_short_search_ends_with_a_model_a_leaderboard_and_a_file_that_trains_it_again()
    {
        ConsoleRun build = Build("short", "3s", "--test-data", data.Test, "--threads", "1");
        Assert.True(build.ExitCode == 0, build.Error);
        JsonElement[] candidates = [.. JsonDocument.Parse(File.ReadAllText(data.In("short/leaderboard.json"))).RootElement.EnumerateArray()];
        Assert.True(candidates.Length >= 2, build.Error);
        JsonElement[] last = [.. candidates.Select(candidate => candidate.GetProperty("trials").EnumerateArray().Last())];
        Assert.Equal(
            last.Where(trial => trial.GetProperty("rows").GetInt32() == 360).Max(trial => trial.GetProperty("validationAccuracy").GetDouble()), last[0].GetProperty("validationAccuracy").GetDouble());
        JsonElement plan = JsonDocument.Parse(File.ReadAllText(data.In("short/plan.json"))).RootElement;
        Assert.Equal(candidates[0].GetProperty("recipe").GetString(), plan.GetProperty("recipe").GetProperty("name").GetString());
        int trialEpochs = candidates[0].GetProperty("trials").EnumerateArray().Last().GetProperty("epochs").GetInt32();
        int epochs = plan.GetProperty("recipe").GetProperty("training").GetProperty("epochs").GetInt32();
        Assert.True(epochs == trialEpochs || epochs >= 2 * trialEpochs, $"{epochs} epochs after a trial of {trialEpochs}");
        string[] history = File.ReadAllLines(data.In("short/history.csv"));
        double accuracy = double.Parse(history[^1].Split(',')[3], CultureInfo.InvariantCulture);
        if (epochs == trialEpochs) Assert.Equal(last[0].GetProperty("validationAccuracy").GetDouble(), accuracy, 1e-4);
        Assert.DoesNotContain("epochs", candidates[0].GetProperty("description").GetString(), StringComparison.Ordinal);

        ConsoleRun again = ConsoleRun.OnCpu("train", "--config", data.In("short.json"), "--out", data.In("short-again"), "--threads", "1");
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(File.ReadAllBytes(data.In("short/model.onnx")), File.ReadAllBytes(data.In("short-again/model.onnx")));
    }

    [Fact(Explicit = true)]
    public void A_search_ends_in_time_with_a_model_a_leaderboard_and_a_file_that_trains_it_again()
    {
        var watch = Stopwatch.StartNew();
        ConsoleRun build = Build("found", "60s", "--test-data", data.Test, "--threads", "1");
        Assert.True(build.ExitCode == 0, build.Error);
        Assert.InRange(watch.Elapsed.TotalSeconds, 2, 70);
        Assert.Contains("Searching for 60 s on 360 rows of ", build.Error, StringComparison.Ordinal);

        JsonElement[] candidates = [.. JsonDocument.Parse(File.ReadAllText(data.In("found/leaderboard.json"))).RootElement.EnumerateArray()];
        Assert.True(candidates.Length >= 3, build.Error);
        JsonElement best = candidates[0].GetProperty("trials").EnumerateArray().Last();
        Assert.Equal(
            candidates.Max(candidate => candidate.GetProperty("trials").EnumerateArray().Last().GetProperty("validationAccuracy").GetDouble()), best.GetProperty("validationAccuracy").GetDouble());
        Assert.All(candidates, candidate => Assert.InRange(candidate.GetProperty("trials").GetArrayLength(), 1, 4));

        JsonElement plan = JsonDocument.Parse(File.ReadAllText(data.In("found/plan.json"))).RootElement;
        Assert.Equal(candidates[0].GetProperty("recipe").GetString(), plan.GetProperty("recipe").GetProperty("name").GetString());
        Assert.Contains($"train --config {data.In("found.json")}\n", build.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n *# +recipe +parameters +rows +epochs +validation accuracy ", build.Output);

        ConsoleRun again = ConsoleRun.OnCpu("train", "--config", data.In("found.json"), "--out", data.In("again"), "--threads", "1");
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(File.ReadAllBytes(data.In("found/model.onnx")), File.ReadAllBytes(data.In("again/model.onnx")));
    }

    [Fact]
    public void Without_rows_to_decide_there_is_no_search()
    {
        ConsoleRun build = Build("blind", "5s", "--validation-fraction", "0");
        Assert.Equal((1, $"error: {data.Train}: no rows are held out, so recipes cannot be compared; set --validation-fraction above 0.\n"), (build.ExitCode, build.Error));
        Assert.False(Directory.Exists(data.In("blind")));
    }

    [Theory]
    [InlineData("build", "--time-budget", "5s")]
    [InlineData("build", "--time-budget", "5s", "--validation-fraction", "0.5")]
    [InlineData("train", "--epochs", "1")]
    public void Where_every_class_has_one_row_none_is_held_out(params string[] command)
    {
        string file = data.In("one-each.csv");
        File.WriteAllText(file, Csv(2, 2, rows: 12, row => row));
        ConsoleRun run = ConsoleRun.OnCpu([.. command, "--data", file, "--out", data.In("one-each")]);
        Assert.Equal(
            (1, $"error: {file}: every class has a single row, so none can be held out for validation; add rows, or train on all of them with: digitml train --validation-fraction 0\n"),
            (run.ExitCode, run.Error));
        Assert.False(Directory.Exists(data.In("one-each")));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    public void Images_that_are_too_small_are_told_before_the_search(int height, int width)
    {
        string file = data.In($"{height}x{width}.csv");
        File.WriteAllText(file, Csv(height, width, rows: 40, row => row % 2));
        ConsoleRun run = ConsoleRun.OnCpu("build", "--time-budget", "5s", "--data", file, "--out", data.In("too-small"), "--height", $"{height}", "--width", $"{width}");
        Assert.Equal(
            (1, $"error: {file}: images of {height}x{width} are too small for the convolutional networks that build tries; train another kind of model with: digitml train --trainer lightgbm\n"),
            (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_search_that_is_stopped_keeps_the_best_recipe_so_far()
    {
        string folder = data.In("stopped"), config = Path.Combine(folder, "digitml.json");
        ConsoleRun build = ConsoleRun.StoppedOnCpu("#1", "build", "--time-budget", "60s", "--data", data.Train, "--out", folder);
        Assert.Equal((130, ""), (build.ExitCode, build.Output));
        Assert.Contains("\nStopped after 1 recipe. To train the best so far, run:\n  ", build.Error, StringComparison.Ordinal);
        Assert.EndsWith($" train --config {config}\n", build.Error, StringComparison.Ordinal);
        Assert.Equal(["digitml.json", "leaderboard.json", "leaderboard.md"], Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Single(JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "leaderboard.json"))).RootElement.EnumerateArray());
        Assert.NotNull(DigitML.Data.Recipes.Scenario.Read(config).Recipe);
    }

    [Fact]
    public void A_search_that_is_stopped_before_its_first_recipe_leaves_nothing()
    {
        ConsoleRun build = ConsoleRun.StoppedOnCpu("Searching", "build", "--time-budget", "60s", "--data", data.Train, "--out", data.In("early"));
        Assert.Equal((130, "", "Stopped; nothing was written."), (build.ExitCode, build.Output, build.Error.TrimEnd().Split('\n')[^1]));
        Assert.False(Directory.Exists(data.In("early")));
    }

    [Fact]
    public void What_cannot_be_written_is_told_before_the_search()
    {
        string file = data.In("file"), folder = Directory.CreateDirectory(data.In("folder")).FullName, run = data.In("refused");
        File.WriteAllText(file, "");
        Fails($"{Path.Combine(file, "plan.json")} cannot be written: {file} is a file, not a folder; choose another folder.", "--out", file, "--config", data.In("refused.json"));
        Fails($"{folder} cannot be written: it is a folder.", "--out", run, "--config", folder);
        Fails($"{Path.Combine(run, "recipe.json")} is a file of the run; choose another --config.", "--out", run, "--config", Path.Combine(run, "recipe.json"));
        Fails($"{Path.Combine(run, "leaderboard.md")} is a file of the run; choose another --config.", "--out", run, "--config", Path.Combine(run, "leaderboard.md"));
        Fails($"{file} is there already and would be overwritten; choose another --config.", "--out", run, "--config", file);
        Fails($"{Path.Combine(file, "error-rate.svg")} cannot be written: {file} is a file, not a folder; choose another folder.", "--out", run, "--config", data.In("refused.json"), "--plots", file);
        Assert.False(Directory.Exists(run) || File.Exists(data.In("refused.json")));

        void Fails(string message, params string[] options)
        {
            ConsoleRun build = ConsoleRun.Of(["build", "--time-budget", "60s", "--data", data.Train, .. options]);
            Assert.Equal((1, $"error: {message}\n"), (build.ExitCode, build.Error));
        }
    }

    [Theory]
    [InlineData("--data")]
    [InlineData("--test-data")]
    [InlineData("--recipe")]
    public void What_the_file_names_is_not_given_beside_it(string option)
    {
        ConsoleRun train = ConsoleRun.Of("train", "--config", "digitml.json", option, "x");
        Assert.Equal((2, $"error: --config names data and recipe, so {option} cannot be given with it. See digitml train --help.\n"), (train.ExitCode, train.Error));
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() => Assert.Equal(
        (1, "error: nowhere/digitml.json: there is no such file; digitml build writes one.\n"),
        (ConsoleRun.Of("train", "--config", "nowhere/digitml.json").ExitCode, ConsoleRun.Of("train", "--config", "nowhere/digitml.json").Error));

    private static string Csv(int height, int width, int rows, Func<int, int> labelOf) => string.Concat(
        Enumerable.Range(0, rows).Select(row => $"{labelOf(row)},{string.Join(',', Enumerable.Range(0, height * width).Select(pixel => row * 97 % 199 + 7 * pixel + (row == 0 ? 255 - 7 * pixel : 0)))}\n")
            .Prepend($"label,{string.Join(',', Enumerable.Range(0, height * width).Select(pixel => $"pixel{pixel}"))}\n"));

    private ConsoleRun Build(string folder, string time, params string[] more) => ConsoleRun.OnCpu(
        ["build", "--time-budget", time, "--data", data.Train, "--out", data.In(folder), "--config", data.In($"{folder}.json"), .. more]);
}
