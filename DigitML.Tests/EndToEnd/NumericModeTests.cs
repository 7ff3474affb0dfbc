using System.Text.Json;
using DigitML.Engine;
using DigitML.Experiments.RunFiles;

namespace DigitML.Tests.EndToEnd;

public class NumericModeTests(SmallData data) : IClassFixture<SmallData>
{
    private const string Recipe = """
        {
          "name": "wide",
          "layers": [
            { "type": "AveragePool2D", "poolSize": 4 },
            { "type": "Conv2D", "filters": 32, "kernelSize": 3, "padding": "same" },
            { "type": "ReLU" },
            { "type": "Conv2D", "filters": 32, "kernelSize": 3, "padding": "same" },
            { "type": "GlobalAveragePool2D" },
            { "type": "Dense", "units": "classes" }
          ],
          "training": { "epochs": 2, "batchSize": 40, "optimizer": { "type": "Adam" }, "learningRate": { "type": "Constant", "rate": 0.01 } }
        }
        """;

    [Theory]
    [InlineData("exact", "direct", "direct")]
    [InlineData("balanced", "winograd F(4x4, 3x3)", "winograd F(7x7, 3x3)")]
    [InlineData("fast", "winograd F(7x7, 3x3)", "winograd F(7x7, 3x3)")]
    public void The_plan_records_mode_and_algorithms(string mode, string forward, string gradients)
    {
        JsonElement plan = Plan(Train($"recorded-{mode}", mode));
        Assert.Equal(mode, plan.GetProperty("numericMode").GetString());
        Assert.EndsWith($", numeric mode {mode}", plan.GetProperty("device").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            $$"""[{"layer":"conv2d","forward":"direct","gradients":"direct"},{"layer":"conv2d_1","forward":"{{forward}}","gradients":"{{gradients}}"}]""",
            JsonSerializer.Serialize(plan.GetProperty("algorithms")));
    }

    [Fact]
    public void Retrain_takes_a_mode_too()
    {
        string model = Path.Combine(Train("base", "balanced"), "model.onnx"), folder = data.In("retrained");
        ConsoleRun run = ConsoleRun.OnCpu("retrain", "--model", model, "--data", data.Train, "--epochs", "1", "--numeric-mode", "exact", "--out", folder);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("exact", Plan(folder).GetProperty("numericMode").GetString());
    }

    [Fact]
    public void A_resumed_run_goes_on_in_its_own_mode()
    {
        byte[] whole = Model(Train("whole", "fast"));
        Assert.NotEqual(Model(Train("other", "balanced")), whole);
        Assert.Equal(130, ConsoleRun.StoppedOnCpu("Epoch 2/2", TrainInto(data.In("stopped"), "fast")).ExitCode);
        ConsoleRun resumed = ConsoleRun.OnCpu("train", "--resume", data.In("stopped"));
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Contains(", numeric mode fast\n", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(whole, Model(data.In("stopped")));
    }

    [Fact]
    public void A_run_is_not_resumed_with_algorithms_other_than_its_own()
    {
        string folder = data.In("changed"), plan = Path.Combine(folder, "plan.json");
        ConsoleRun.StoppedOnCpu("Epoch 2/2", TrainInto(folder, "balanced"));
        File.WriteAllText(plan, File.ReadAllText(plan).Replace("F(4x4, 3x3)", "F(2x2, 3x3)", StringComparison.Ordinal));
        ConsoleRun resumed = ConsoleRun.OnCpu("train", "--resume", folder);
        string began = "conv2d_1 by winograd F(2x2, 3x3) and gradients by winograd F(7x7, 3x3)", now = began.Replace("2x2", "4x4", StringComparison.Ordinal);
        Assert.Equal(
            (1, $"error: {plan}: the run began with {began}, but would resume with {now}; use DigitML {ProgramVersion.Of(typeof(RunPlan))}, as then, or start a new run.\n"),
            (resumed.ExitCode, resumed.Error));
    }

    private string Train(string folder, string mode)
    {
        ConsoleRun run = ConsoleRun.OnCpu(TrainInto(data.In(folder), mode));
        Assert.True(run.ExitCode == 0, run.Error);
        return data.In(folder);
    }

    private string[] TrainInto(string folder, string mode)
    {
        File.WriteAllText(data.In("wide.json"), Recipe);
        return ["train", "--data", data.Train, "--recipe", data.In("wide.json"), "--numeric-mode", mode, "--out", folder];
    }

    private static byte[] Model(string folder) => File.ReadAllBytes(Path.Combine(folder, "model.onnx"));

    private static JsonElement Plan(string folder) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "plan.json"))).RootElement;
}
