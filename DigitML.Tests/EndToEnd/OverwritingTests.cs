using DigitML.Tests.Data;

namespace DigitML.Tests.EndToEnd;

/// <summary>No command writes over a file that it reads, by whatever link it is named.</summary>
public class OverwritingTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    private readonly SmallData data = model.Data;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string command in new[] { "predict rows", "predict model", "build", "build test", "ensemble", "ensemble folder", "evaluate", "convert", "sample", "compare", "train", "retrain" })
            {
                foreach (string link in new[] { "plain", "symbolic", "hard" }) cases.Add(command, link);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_that_is_read_is_not_overwritten(string command, string link)
    {
        string folder = Directory.CreateDirectory(data.In($"{command} {link}")).FullName;
        string input = Path.Combine(folder, command switch
        {
            "predict model" or "ensemble" => "model.onnx",
            "ensemble folder" => "run/model.onnx",
            "evaluate" or "train" or "retrain" => "predictions.csv",
            "compare" => "run/metrics.json",
            "sample" => "rows.png",
            _ => "rows.csv",
        });
        Directory.CreateDirectory(Path.GetDirectoryName(input)!);
        string source = Path.GetExtension(input) switch { ".onnx" => model.Path, ".json" => data.In("run/metrics.json"), _ => data.Train };
        File.Copy(source, input);
        string output = link == "plain" ? input : Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "links")).FullName, Path.GetFileName(input));
        if (link == "symbolic") File.CreateSymbolicLink(output, input);
        if (link == "hard") OutputFileTests.HardLink(input, output);
        string outFolder = Path.GetDirectoryName(output)!;

        ConsoleRun run = ConsoleRun.Of(command switch
        {
            "predict rows" => ["predict", "--model", model.Path, "--data", input, "--out", output],
            "predict model" => ["predict", "--model", input, "--data", data.Test, "--out", output],
            "build" => ["build", "--time-budget", "5s", "--data", input, "--out", data.In("built"), "--config", output],
            "build test" => ["build", "--time-budget", "5s", "--data", data.Train, "--test-data", input, "--out", data.In("built"), "--config", output],
            "ensemble" => ["ensemble", "--models", input, model.Path, "--out", output],
            "ensemble folder" => ["ensemble", "--models", model.Path, Path.GetDirectoryName(input)!, "--out", output],
            "evaluate" => ["evaluate", "--model", model.Path, "--data", input, "--out", outFolder],
            "convert" => ["data", "convert", input, output],
            "sample" => ["data", "sample", input, "--out", output],
            "compare" => ["compare", data.In("run"), Path.GetDirectoryName(input)!, "--out", output],
            "train" => ["train", "--data", input, "--recipe", data.Recipe, "--out", outFolder],
            _ => ["retrain", "--model", model.Path, "--data", data.Train, "--test-data", input, "--out", outFolder],
        });
        string problem = link == "plain" ? "is read by this command and would be overwritten" : $"is the same file as {input}, which this command reads";
        string option = command switch { "build" or "build test" => "--config", "convert" => "file to write", _ => "--out" };
        Assert.Equal((1, "", $"error: {output} {problem}; choose another {option}.\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(File.ReadAllBytes(source), File.ReadAllBytes(input));
    }

    [Theory]
    [InlineData("predict", "run/model.onnx", "is read by this command and would be overwritten; choose another --out.")]
    [InlineData("predict", "lbfgs/model.zip", "is read by this command and would be overwritten; choose another --out.")]
    [InlineData("ensemble", "run/model.onnx", "is read by this command and would be overwritten; choose another --out.")]
    [InlineData("predict", "run/metrics.json", "belongs to the run in its folder and would be overwritten; choose another --out.")]
    [InlineData("ensemble", "run/plan.json", "belongs to the run in its folder and would be overwritten; choose another --out.")]
    [InlineData("convert", "run/predictions.csv", "belongs to the run in its folder and would be overwritten; choose another file to write.")]
    [InlineData("compare", "run/report.html", "is read by this command and would be overwritten; choose another --out.")]
    public void A_file_of_a_run_is_not_overwritten(string command, string name, string problem)
    {
        string output = data.In(name), folder = Path.GetDirectoryName(output)!;
        if (!Directory.Exists(folder)) Assert.Equal(0, ConsoleRun.Of("train", "--trainer", "lbfgs", "--data", data.Train, "--out", folder).ExitCode);
        byte[] before = File.ReadAllBytes(output);
        ConsoleRun run = ConsoleRun.Of(command switch
        {
            "predict" => ["predict", "--model", folder, "--data", data.Test, "--out", output],
            "ensemble" => ["ensemble", "--models", folder, "--test-time-shifts", "1", "--out", output],
            "compare" => ["compare", folder, data.In("run/metrics.json"), "--out", output],
            _ => ["data", "convert", data.Train, output],
        });
        Assert.Equal((1, "", $"error: {output} {problem}\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(before, File.ReadAllBytes(output));
    }

    [Theory]
    [InlineData("train", "checkpoint")]
    [InlineData("train", "model.zip")]
    [InlineData("retrain", "checkpoint")]
    [InlineData("lbfgs", "recipe.json")]
    [InlineData("networks", "metrics.json")]
    [InlineData("networks", "checkpoint")]
    [InlineData("sweep", "sweep.md")]
    [InlineData("sweep", "sweep.json")]
    [InlineData("build", "leaderboard.md")]
    [InlineData("build", "digitml.json")]
    [InlineData("build", "report.html")]
    [InlineData("evaluate", "report.html")]
    [InlineData("evaluate", "metrics.json")]
    [InlineData("evaluate", "predictions.csv")]
    public void Files_of_the_user_in_the_folder_to_write_are_kept(string command, string name)
    {
        string folder = Directory.CreateDirectory(data.In($"mine {command} {name}")).FullName;
        File.WriteAllText(Path.Combine(folder, name), "mine");
        string[] rows = ["--data", data.Train, "--out", folder];
        ConsoleRun run = ConsoleRun.Of(command switch
        {
            "train" => ["train", "--recipe", data.Recipe, .. rows],
            "retrain" => ["retrain", "--model", model.Path, .. rows],
            "lbfgs" => ["train", "--trainer", "lbfgs", .. rows],
            "networks" => ["train", "--recipe", data.Recipe, "--networks", "2", .. rows],
            "sweep" => ["sweep", "--recipe", data.Recipe, "--epochs-batch", "1x64", .. rows],
            "build" => ["build", "--time-budget", "60s", "--config", data.In("mine.json"), .. rows],
            _ => ["evaluate", "--model", model.Path, .. rows],
        });
        string options = command == "evaluate" ? "--out" : "--name or --out";
        Assert.Equal((1, "", $"error: {folder} already holds {name}; choose another {options}.\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Equal([Path.Combine(folder, name)], Directory.GetFileSystemEntries(folder));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder, name)));
    }

    [Fact]
    public void An_evaluation_may_be_repeated()
    {
        foreach (string rows in new[] { data.Train, data.Test })
        {
            ConsoleRun run = ConsoleRun.Of("evaluate", "--model", model.Path, "--data", rows, "--out", data.In("evaluation"), "--plots", data.In("evaluation"));
            Assert.True(run.ExitCode == 0, run.Error);
        }

        Assert.Equal(101, File.ReadAllLines(data.In("evaluation/predictions.csv")).Length);
    }

    [Theory]
    [InlineData("train", "error-rate")]
    [InlineData("retrain", "loss")]
    [InlineData("build", "learning-rate")]
    [InlineData("evaluate", "filters")]
    [InlineData("evaluate its rows", "calibration")]
    [InlineData("compare", "validation-loss")]
    public void A_plot_replaces_no_file_but_a_plot(string command, string name)
    {
        string folder = Directory.CreateDirectory(data.In($"plots {command}")).FullName, picture = Path.Combine(folder, $"{name}.svg"), run = data.In($"with plots {command}");
        File.Copy(data.Test, picture);
        string[] rows = ["--data", data.Train, "--out", run];
        Directory.CreateDirectory(data.In("copied"));
        File.Copy(data.In("run/metrics.json"), data.In("copied/metrics.json"), overwrite: true);
        ConsoleRun refused = ConsoleRun.Of([.. command switch
        {
            "train" => ["train", "--recipe", data.Recipe, .. rows],
            "retrain" => ["retrain", "--model", model.Path, .. rows],
            "build" => ["build", "--time-budget", "60s", "--config", data.In("plots.json"), .. rows],
            "compare" => ["compare", data.In("run"), data.In("copied"), "--out", run],
            _ => (string[])["evaluate", "--model", model.Path, "--data", command == "evaluate" ? data.Train : picture],
        }, "--plots", folder]);
        Assert.Equal(
            (1, "", $"error: {picture} is not a plot that DigitML wrote and would be overwritten; choose another folder for --plots.\n"), (refused.ExitCode, refused.Output, refused.Error));
        Assert.Equal(File.ReadAllBytes(data.Test), File.ReadAllBytes(picture));
        Assert.Equal([picture], Directory.GetFileSystemEntries(folder));
        Assert.False(Path.Exists(run));
    }

    [Fact]
    public void Plots_in_the_place_of_a_file_are_refused_before_training()
    {
        ConsoleRun run = ConsoleRun.Of("train", "--data", data.Train, "--recipe", data.Recipe, "--out", data.In("no plots"), "--plots", data.Test);
        Assert.Equal((1, $"error: {Path.Combine(data.Test, "error-rate.svg")} cannot be written: {data.Test} is a file, not a folder; choose another folder.\n"), (run.ExitCode, run.Error));
        Assert.False(Directory.Exists(data.In("no plots")));
    }

    [Fact]
    public void An_evaluation_does_not_overwrite_a_run_of_several_networks()
    {
        string folder = Directory.CreateDirectory(data.In("several")).FullName;
        foreach (string name in new[] { "recipe.json", "model.onnx", "metrics.json" }) File.Copy(data.In($"run/{name}"), Path.Combine(folder, name));
        ConsoleRun run = ConsoleRun.Of("evaluate", "--model", model.Path, "--data", data.Test, "--out", folder);
        Assert.Equal((1, $"error: {folder} holds a run, whose metrics and report would be overwritten; choose another --out.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_conversion_that_is_stopped_writes_nothing()
    {
        ConsoleRun run = ConsoleRun.StoppedAt("writing ", "data", "convert", data.Train, data.In("stopped.csv"));
        Assert.Equal((130, "", "Stopped; nothing was written."), (run.ExitCode, run.Output, run.Error.TrimEnd().Split('\n')[^1]));
        Assert.False(File.Exists(data.In("stopped.csv")));
    }

    [Fact]
    public void An_evaluation_does_not_overwrite_a_run()
    {
        byte[] metrics = File.ReadAllBytes(data.In("run/metrics.json"));
        ConsoleRun run = ConsoleRun.Of("evaluate", "--model", model.Path, "--data", data.Test, "--out", data.In("run"));
        Assert.Equal((1, $"error: {data.In("run")} holds a run, whose metrics and report would be overwritten; choose another --out.\n"), (run.ExitCode, run.Error));
        Assert.Equal(metrics, File.ReadAllBytes(data.In("run/metrics.json")));
    }
}
