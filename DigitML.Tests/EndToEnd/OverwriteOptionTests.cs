namespace DigitML.Tests.EndToEnd;

/// <summary>--overwrite replaces a run once the new one is complete, and nothing else.</summary>
public class OverwriteOptionTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    private readonly SmallData data = model.Data;

    [Theory]
    [InlineData("train")]
    [InlineData("networks")]
    [InlineData("lbfgs")]
    [InlineData("retrain")]
    [InlineData("sweep")]
    public void A_finished_run_is_replaced(string command)
    {
        string folder = CopyOfRun($"replaced by {command}");
        ConsoleRun run = ConsoleRun.Of([.. Line(command), "--out", folder, "--overwrite"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.False(Directory.Exists($"{folder}.replaced"));
        Assert.Equal(command is "train" or "lbfgs" or "retrain", File.Exists(Path.Combine(folder, "plan.json")));
        Assert.NotEqual(File.ReadAllBytes(model.Path), File.Exists(Path.Combine(folder, "model.onnx")) ? File.ReadAllBytes(Path.Combine(folder, "model.onnx")) : []);
        Assert.Equal(0, ConsoleRun.Of([.. Line("train"), "--out", folder, "--overwrite"]).ExitCode);
        Assert.Empty(Directory.GetDirectories(folder));
    }

    [Fact]
    public void A_run_that_is_stopped_leaves_both()
    {
        string folder = CopyOfRun("stopped");
        ConsoleRun run = ConsoleRun.StoppedAt("Epoch 2/4", "train", "--data", data.Train, "--recipe", data.Recipe, "--out", folder, "--overwrite");
        Assert.Equal(130, run.ExitCode);
        Assert.Contains($"\nThe earlier run is in {folder}.replaced.\nStopped after epoch 1 of 4. To resume, run:\n", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "checkpoint")));
        Assert.Equal(File.ReadAllBytes(model.Path), File.ReadAllBytes($"{folder}.replaced/model.onnx"));
    }

    [Fact]
    public void A_run_that_fails_leaves_the_earlier_one()
    {
        string folder = CopyOfRun("failed");
        ConsoleRun run = ConsoleRun.Of("train", "--data", data.Train, "--recipe", data.Recipe, "--learning-rate", "1e38", "--out", folder, "--overwrite");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(File.ReadAllBytes(model.Path), File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
        Assert.False(Directory.Exists($"{folder}.replaced"));
    }

    [Fact]
    public void What_is_no_run_or_holds_other_files_or_is_read_is_kept()
    {
        string folder = CopyOfRun("with notes"), notes = Path.Combine(folder, "notes.txt"), mine = Directory.CreateDirectory(data.In("mine")).FullName;
        File.WriteAllText(notes, "mine");
        Refused($"{notes} is not a file of the run, and --overwrite would delete it; move it, or choose another --name or --out.", folder, [.. Line("train"), "--out", folder]);
        File.Delete(notes);
        Directory.CreateDirectory(Path.Combine(folder, "pictures"));
        Refused($"{Path.Combine(folder, "pictures")} is not a file of the run, and --overwrite would delete it; move it, or choose another --name or --out.", folder, [.. Line("train"), "--out", folder]);
        Directory.Delete(Path.Combine(folder, "pictures"));
        Refused($"{folder}/model.onnx is read by this command, and --overwrite would delete it; choose another --name or --out.", folder, "retrain", "--model", folder, "--data", data.Train, "--out", folder);
        File.WriteAllText(Path.Combine(mine, "recipe.json"), "{}");
        Refused($"{mine} is not the folder of a run, so --overwrite does not replace it; choose another --name or --out.", mine, [.. Line("train"), "--out", mine]);
    }

    private static void Refused(string message, string folder, params string[] line)
    {
        string[] before = Directory.GetFileSystemEntries(folder);
        ConsoleRun run = ConsoleRun.Of([.. line, "--overwrite"]);
        Assert.Equal((1, "", $"error: {message}\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(before, Directory.GetFileSystemEntries(folder));
    }

    private string[] Line(string command) =>
    [
        .. command switch
        {
            "lbfgs" => (string[])["train", "--trainer", "lbfgs"],
            "networks" => ["train", "--recipe", data.Recipe, "--epochs", "1", "--networks", "2"],
            "retrain" => ["retrain", "--model", model.Path, "--epochs", "1"],
            "sweep" => ["sweep", "--recipe", data.Recipe, "--epochs-batch", "1x64"],
            _ => ["train", "--recipe", data.Recipe, "--epochs", "1"],
        },
        "--data", data.Train,
    ];

    private string CopyOfRun(string name)
    {
        string folder = Directory.CreateDirectory(data.In(name)).FullName;
        foreach (string file in Directory.GetFiles(data.In("run"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }
}
