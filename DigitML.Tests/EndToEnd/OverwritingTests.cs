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

    [Fact]
    public void An_evaluation_does_not_overwrite_a_run()
    {
        byte[] metrics = File.ReadAllBytes(data.In("run/metrics.json"));
        ConsoleRun run = ConsoleRun.Of("evaluate", "--model", model.Path, "--data", data.Test, "--out", data.In("run"));
        Assert.Equal((1, $"error: {data.In("run")} holds a run, whose metrics and report would be overwritten; choose another --out.\n"), (run.ExitCode, run.Error));
        Assert.Equal(metrics, File.ReadAllBytes(data.In("run/metrics.json")));
    }
}
