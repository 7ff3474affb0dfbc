using System.Text.RegularExpressions;
using DigitML.Experiments.RunFiles;


namespace DigitML.Tests.EndToEnd;

public class ResumeEndToEndTests(SmallData data) : IClassFixture<SmallData>
{
    [Theory]
    [InlineData("Epoch 1/4", 0)]
    [InlineData("Epoch 3/4", 2)]
    public void A_stopped_run_ends_in_the_same_model_as_one_that_was_not(string stopAt, int epochsDone)
    {
        string whole = data.In($"whole-{epochsDone}"), stopped = data.In($"stopped-{epochsDone}");
        Assert.Equal(0, ConsoleRun.Of(TrainInto(whole)).ExitCode);

        ConsoleRun stop = ConsoleRun.StoppedAt(stopAt, TrainInto(stopped));
        Assert.Equal(130, stop.ExitCode);
        Assert.Contains($"\nStopped after epoch {epochsDone} of 4. To resume, run:", stop.Error, StringComparison.Ordinal);
        Assert.EndsWith($"train --resume {stopped}\n", stop.Error, StringComparison.Ordinal);
        Assert.Equal("", stop.Output);
        Assert.False(File.Exists(Path.Combine(stopped, "model.onnx")));

        ConsoleRun resumed = ConsoleRun.Of("train", "--resume", stopped);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(epochsDone > 0, resumed.Error.Contains($"Resuming after epoch {epochsDone} of 4.", StringComparison.Ordinal));
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "model.onnx")), File.ReadAllBytes(Path.Combine(stopped, "model.onnx")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "metrics.json")), File.ReadAllBytes(Path.Combine(stopped, "metrics.json")));
        Assert.Equal(5, File.ReadAllLines(Path.Combine(stopped, "history.csv")).Length);
        Assert.False(File.Exists(Path.Combine(stopped, "checkpoint")));
    }

    [Fact]
    public void A_finished_run_has_nothing_to_resume()
    {
        string folder = data.In("finished");
        ConsoleRun.Of([.. TrainInto(folder), "--epochs", "1"]);
        ConsoleRun resumed = ConsoleRun.Of("train", "--resume", folder);
        Assert.Equal((1, $"error: {folder} is finished: its model is {Path.Combine(folder, "model.onnx")}; there is nothing to resume.\n"), (resumed.ExitCode, resumed.Error));
    }

    [Fact]
    public void A_finished_run_of_another_trainer_has_nothing_to_resume()
    {
        string folder = data.In("lbfgs");
        Assert.Equal(0, ConsoleRun.Of("train", "--trainer", "lbfgs", "--data", data.Train, "--out", folder).ExitCode);
        ConsoleRun resumed = ConsoleRun.Of("train", "--resume", folder);
        Assert.Equal((1, $"error: {folder} is finished: its model is {Path.Combine(folder, "model.zip")}; there is nothing to resume.\n"), (resumed.ExitCode, resumed.Error));

        File.Delete(Path.Combine(folder, "model.zip"));
        ConsoleRun again = ConsoleRun.Of(TrainInto(folder));
        Assert.Equal($"error: {folder} already holds a run that cannot be resumed; choose another --name or --out, or add --overwrite to replace it.\n", again.Error);
    }

    [Fact]
    public void A_stopped_run_is_offered_to_be_resumed()
    {
        string folder = data.In("offered");
        ConsoleRun.StoppedAt("Epoch 2/4", TrainInto(folder));
        ConsoleRun again = ConsoleRun.Of(TrainInto(folder));
        Assert.StartsWith($"error: {folder} already holds a run; choose another --name or --out, add --overwrite, or resume it: ", again.Error, StringComparison.Ordinal);
        Assert.EndsWith($"train --resume {folder}\n", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_run_cannot_be_resumed()
    {
        ConsoleRun resumed = ConsoleRun.Of("train", "--resume", data.Folder);
        Assert.Equal((1, $"error: {data.Folder} holds no run: it has no plan.json; name the folder of a run that was stopped.\n"), (resumed.ExitCode, resumed.Error));
    }

    [Fact]
    public void Changed_data_is_noticed()
    {
        string folder = data.In("changed"), rows = data.In("rows.csv");
        File.Copy(data.Train, rows);
        ConsoleRun.StoppedAt("Epoch 2/4", "train", "--data", rows, "--recipe", data.Recipe, "--out", folder);
        File.AppendAllText(rows, "\n");
        ConsoleRun resumed = ConsoleRun.Of("train", "--resume", folder);
        Assert.Equal(1, resumed.ExitCode);
        Assert.Matches($@"^error: .*rows\.csv has changed since the run began \(SHA-256 \w{{12}}\.\.\., then \w{{12}}\.\.\.\); restore the old file or start a new run\.\n$", resumed.Error);
    }

    [Theory]
    [InlineData("{ \"name\": 3 }", "1: name is 3; it must be a string in quotes.")]
    [InlineData("{\n  \"name\": \"cut", "2: the file ends in the middle of its JSON; it is cut off, or a closing bracket, brace or quote is missing.")]
    [InlineData("", "1: the file is empty; it holds an object in braces.")]
    public void A_damaged_plan_is_refused(string json, string problem)
    {
        string folder = data.In($"damaged {json.Length}");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "plan.json"), json);
        ConsoleRun resumed = ConsoleRun.Of("train", "--resume", folder);
        Assert.Equal(
            (1, $"error: {Path.Combine(folder, "plan.json")} is damaged or from another version of DigitML, so start a new run in another folder; line {problem}\n"), (resumed.ExitCode, resumed.Error));
    }

    [Fact]
    public void A_run_that_began_with_wider_vectors_than_this_machine_has_is_refused()
    {
        string folder = data.In("wider"), plan = Path.Combine(folder, "plan.json");
        ConsoleRun.StoppedAt("Epoch 2/4", TrainInto(folder));
        int bits = Machine.Current.VectorBits;
        string text = File.ReadAllText(plan).Replace($"\"vectorBits\": {bits}", $"\"vectorBits\": {2 * bits}", StringComparison.Ordinal);
        File.WriteAllText(plan, text);
        ConsoleRun resumed = ConsoleRun.Of("train", "--resume", folder);
        Assert.Equal(
            (1, $"error: {plan}: the run began with {2 * bits}-bit vectors but this machine has {bits}-bit ones, which would give a different model; " +
                "resume on a machine with the wider vectors, or start a new run.\n"),
            (resumed.ExitCode, resumed.Error));
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        string folder = data.In("bad-checkpoint");
        ConsoleRun.StoppedAt("Epoch 2/4", TrainInto(folder));
        string checkpoint = Path.Combine(folder, "checkpoint");
        File.WriteAllBytes(checkpoint, File.ReadAllBytes(checkpoint)[..^100]);
        ConsoleRun resumed = ConsoleRun.Of("train", "--resume", folder);
        Assert.Equal(1, resumed.ExitCode);
        Assert.Matches($@"^error: {Regex.Escape(checkpoint)} is truncated or damaged: .*; start a new run in another folder, or delete this run's\.\n$", resumed.Error);
    }

    private string[] TrainInto(string folder) => ["train", "--data", data.Train, "--test-data", data.Test, "--recipe", data.Recipe, "--out", folder];
}
