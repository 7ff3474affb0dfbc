using System.Text.Json;
using System.Text.RegularExpressions;
using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Sweeps;

public class SweepEndToEndTests(SmallData data) : IClassFixture<SmallData>
{
    [Fact]
    public void Every_setting_is_the_run_that_train_makes_of_it()
    {
        ConsoleRun sweep = Sweep("whole", "1x64,2x32");
        Assert.True(sweep.ExitCode == 0, sweep.Error);
        ConsoleRun.Of("train", "--data", data.Train, "--test-data", data.Test, "--recipe", data.Recipe, "--epochs", "2", "--batch-size", "32", "--out", data.In("alone"));
        Assert.Equal(File.ReadAllBytes(data.In("alone/model.onnx")), File.ReadAllBytes(data.In("whole/epochs-2-batch-32/model.onnx")));

        Assert.Contains("\nSetting 2 of 2: 2 epochs, batches of 32\n", sweep.Error, StringComparison.Ordinal);
        Assert.Contains("\nEpoch 2/2\n12/12 - ", sweep.Error, StringComparison.Ordinal);
        Assert.Matches(@"\nepochs   batch size   seconds per epoch .* test accuracy\n     1           64 (.*)\n     2           32 (.*)\n\* best validation accuracy\n", sweep.Output);
        Assert.EndsWith($"\nSweep folder: {data.In("whole")} (sweep.md, sweep.json and one run folder per setting)\n", sweep.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_setting_of_the_recipe_makes_a_grid_of_runs()
    {
        string[] line = ["sweep", "--set", "training.learningRate.rate=0.01,0.02", "--set", "layers[1].filters=2,3", "--data", data.Train, "--recipe", data.Recipe, "--out", data.In("grid")];
        ConsoleRun sweep = ConsoleRun.Of(line);
        Assert.True(sweep.ExitCode == 0, sweep.Error);
        Assert.Contains("\nSetting 3 of 4: rate 0.02, filters 2\n", sweep.Error, StringComparison.Ordinal);
        Assert.Matches(@"\ntraining\.learningRate\.rate +layers\[1\]\.filters +epochs .*\n0\.01 +2 +4 .*\n0\.01 +3 +4 .*\n0\.02 +2 +4 .*\n0\.02 +3 +4 ", sweep.Output);
        ConsoleRun alone = ConsoleRun.Of(
            "train", "--set", "training.learningRate.rate=0.02", "--set", "layers[1].filters=3", "--data", data.Train, "--recipe", data.Recipe, "--out", data.In("grid-alone"));
        Assert.True(alone.ExitCode == 0, alone.Error);
        Assert.Equal(File.ReadAllBytes(data.In("grid-alone/model.onnx")), File.ReadAllBytes(data.In("grid/rate-0.02_filters-3/model.onnx")));

        ConsoleRun again = ConsoleRun.Of(line);
        Assert.Equal(sweep.Output, again.Output);
        Assert.DoesNotContain("Epoch ", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_of_a_sweep_hold_what_its_runs_reached()
    {
        ConsoleRun sweep = Sweep("files", "1x64,2x32", "--seed", "5", "--json");
        Assert.Equal(sweep.Output, File.ReadAllText(data.In("files/sweep.json")));
        JsonElement json = JsonDocument.Parse(sweep.Output).RootElement;
        Assert.Equal(
            ["sweep", "recipe", "seed", "data", "trainingRows", "validationRows", "testRows", "cpu", "settings"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ("tiny", 5, 360, 40, 100),
            (json.GetProperty("recipe").GetString(), Int(json, "seed"), Int(json, "trainingRows"), Int(json, "validationRows"), Int(json, "testRows")));

        JsonElement row = json.GetProperty("settings")[1];
        string[] lastEpoch = File.ReadAllLines(data.In("files/epochs-2-batch-32/history.csv"))[^1].Split(',');
        JsonElement metrics = JsonDocument.Parse(File.ReadAllText(data.In("files/epochs-2-batch-32/metrics.json"))).RootElement;
        Assert.Equal(("epochs-2-batch-32", 2, 32), (row.GetProperty("run").GetString(), Int(row, "epochs"), Int(row, "batchSize")));
        string[] shown = [Number(row, "trainingAccuracy"), Number(row, "trainingLoss"), Number(row, "validationAccuracy")];
        Assert.Equal(lastEpoch[1..4], shown);
        Assert.Equal(metrics.GetProperty("microAccuracy").GetDouble(), row.GetProperty("testAccuracy").GetDouble());

        string markdown = File.ReadAllText(data.In("files/sweep.md"));
        Assert.StartsWith("# Sweep of `tiny`\n\n360 rows of ", markdown, StringComparison.Ordinal);
        Assert.Contains(", 40 more held out for validation, scored once on 100 test rows; seed 5; ", markdown, StringComparison.Ordinal);
        Assert.Contains("\n| 2 | 32 | ", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_test_and_validation_rows_there_are_training_figures_alone()
    {
        ConsoleRun sweep = ConsoleRun.Of(
            "sweep", "--epochs-batch", "1x64", "--data", data.Train, "--recipe", data.Recipe, "--validation-fraction", "0", "--out", data.In("blind"));
        Assert.Matches(@"^\nepochs .* training accuracy\n", sweep.Output);
        Assert.StartsWith("# Sweep of `tiny`\n\n400 rows of ", File.ReadAllText(data.In("blind/sweep.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_that_is_stopped_between_two_runs_says_how_to_resume()
    {
        ConsoleRun stopped = ConsoleRun.StoppedAt("Setting 2 of 2", Line("between", "1x64,1x32"));
        Assert.Equal((130, ""), (stopped.ExitCode, stopped.Output));
        Assert.EndsWith(
            $"\nStopped between two runs. To resume, run:\n  {Typed("between", "1x64,1x32")}\n",
            stopped.Error.ReplaceLineEndings("\n").Replace("dotnet run -c Release --project DigitML.Training --", "digitml", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(File.Exists(data.In("between/epochs-1-batch-64/model.onnx")));
    }

    [Theory]
    [InlineData("training.learningRate.rate=0.1,0.10", "The settings \"rate 0.1\" and \"rate 0.10\" are the same; leave one out.")]
    [InlineData("training.epochs=1,x", "--set training.epochs=x: training.epochs is \"x\"; it must be a whole number.")]
    public void A_mistake_in_the_second_setting_is_found_before_the_first_is_trained(string settings, string message)
    {
        ConsoleRun sweep = ConsoleRun.Of("sweep", "--data", data.Train, "--recipe", data.Recipe, "--out", data.In("mistaken"), "--set", settings);
        Assert.Equal((1, "", $"error: {message}\n"), (sweep.ExitCode, sweep.Output, sweep.Error));
        Assert.False(Directory.Exists(data.In("mistaken")));
    }

    [Fact]
    public void A_stopped_sweep_goes_on_and_does_nothing_twice()
    {
        ConsoleRun stopped = ConsoleRun.StoppedAt("Epoch 2/3", Line("stopped", "1x64,3x32,1x32"));
        Assert.Equal((130, ""), (stopped.ExitCode, stopped.Output));
        Assert.EndsWith(
            $"\nStopped after epoch 1 of 3. To resume, run:\n  {Typed("stopped", "1x64,3x32,1x32")}\n",
            stopped.Error.ReplaceLineEndings("\n").Replace("dotnet run -c Release --project DigitML.Training --", "digitml", StringComparison.Ordinal), StringComparison.Ordinal);
        DateTime firstModel = File.GetLastWriteTimeUtc(data.In("stopped/epochs-1-batch-64/model.onnx"));
        Assert.False(Directory.Exists(data.In("stopped/epochs-1-batch-32")));

        ConsoleRun resumed = Sweep("stopped", "1x64,3x32,1x32");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Contains($"Setting 1 of 3: 1 epoch, batches of 64\nAlready done: {data.In("stopped")}", resumed.Error, StringComparison.Ordinal);
        Assert.Contains("Resuming after epoch 1 of 3.", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(firstModel, File.GetLastWriteTimeUtc(data.In("stopped/epochs-1-batch-64/model.onnx")));

        Sweep("straight", "3x32");
        Assert.Equal(File.ReadAllBytes(data.In("straight/epochs-3-batch-32/model.onnx")), File.ReadAllBytes(data.In("stopped/epochs-3-batch-32/model.onnx")));

        ConsoleRun again = Sweep("stopped", "1x64,3x32,1x32");
        Assert.Equal(resumed.Output, again.Output);
        Assert.DoesNotContain("Epoch ", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_without_a_name_says_which_folder_to_go_on_with()
    {
        string here = Directory.GetCurrentDirectory();
        ConsoleRun stopped = ConsoleRun.StoppedAt("Epoch 1/1", "sweep", "--epochs-batch", "1x64", "--data", data.Train, "--recipe", data.Recipe);
        Assert.Matches(@"\n  .* sweep --epochs-batch 1x64 --data \S+ --recipe \S+ --out runs.\d{8}-\d{6}-sweep-tiny\S*\n$", stopped.Error);
        string folder = Path.Combine(here, stopped.Error.TrimEnd().Split(' ')[^1]);
        Assert.True(File.Exists(Path.Combine(folder, "epochs-1-batch-64", "plan.json")));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("recipe or seed", "--seed", "2")]
    [InlineData("recipe or seed", "--learning-rate", "0.5")]
    [InlineData("number of validation rows", "--validation-fraction", "0.2")]
    [InlineData("numeric mode", "--numeric-mode", "exact")]
    [InlineData("test data", "--test-data", "train")]
    [InlineData("data", "--data", "test")]
    public void Runs_of_another_plan_are_not_taken_for_done(string difference, string option, string value)
    {
        if (!Directory.Exists(data.In("other"))) ConsoleRun.StoppedAt("Epoch 1/1", Line("other", "1x64"));
        string[] line = Line("other", "2x64,1x64");
        value = value switch { "train" => data.Train, "test" => data.Test, _ => value };
        int at = Array.IndexOf(line, option);
        if (at >= 0) line[at + 1] = value;
        else line = [.. line, option, value];

        ConsoleRun sweep = ConsoleRun.Of(line);
        Assert.Equal(
            (1, "", $"error: {Path.Combine(data.In("other"), "epochs-1-batch-64")} holds a run with another {difference}; choose another --name or --out, or add --overwrite to replace it.\n"),
            (sweep.ExitCode, sweep.Output, sweep.Error));
        Assert.False(Directory.Exists(data.In("other/epochs-2-batch-64")));
    }

    [Theory]
    [InlineData("training.batchSize=64,0", "--set training.batchSize=0: training.batchSize")]
    [InlineData("layers[1].kernelSize=3,99", "99")]
    public void A_mistake_in_a_later_setting_is_told_before_the_first_is_trained(string setting, string problem)
    {
        string folder = data.In($"mistake {setting}");
        ConsoleRun sweep = ConsoleRun.Of("sweep", "--set", setting, "--data", data.Train, "--recipe", data.Recipe, "--out", folder);
        Assert.Equal((1, ""), (sweep.ExitCode, sweep.Output));
        Assert.Matches($@"^error: .*{Regex.Escape(problem)}.*\n$", sweep.Error);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_damaged_history_is_told()
    {
        Sweep("damaged", "1x64");
        string history = data.In("damaged/epochs-1-batch-64/history.csv");
        File.WriteAllText(history, "epoch,accuracy,loss,val_accuracy,val_loss,learning_rate,seconds\n1,high,0.1,,,0.1,1\n");
        ConsoleRun again = Sweep("damaged", "1x64");
        Assert.Equal(1, again.ExitCode);
        Assert.EndsWith(
            $"error: {history}:2: it is not the history of a run: \"high\" is not a number; start a new run.\n", again.Error.Replace('\\', '/'),
            StringComparison.Ordinal);
    }

    private ConsoleRun Sweep(string folder, string settings, params string[] more) => ConsoleRun.Of([.. Line(folder, settings), .. more]);

    private string[] Line(string folder, string settings) =>
        ["sweep", "--epochs-batch", settings, "--data", data.Train, "--test-data", data.Test, "--recipe", data.Recipe, "--out", data.In(folder)];

    private string Typed(string folder, string settings) => $"digitml {string.Join(' ', Line(folder, settings))}";

    private static int Int(JsonElement element, string member) => element.GetProperty(member).GetInt32();

    private static string Number(JsonElement element, string member) => element.GetProperty(member).GetRawText();
}
