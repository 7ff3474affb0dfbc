using System.Text.Json;
using DigitML.Model;

namespace DigitML.Tests.EndToEnd;

public class SeveralNetworksTests(SmallData data) : IClassFixture<SmallData>
{
    [Fact]
    public void The_model_is_the_ensemble_of_what_each_seed_trains()
    {
        ConsoleRun run = ConsoleRun.Of(Line("whole", "--test-time-shifts", "1", "--seed", "3"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("Network 2 of 2, seed 7\n", run.Error, StringComparison.Ordinal);
        foreach (string seed in new[] { "6", "7" })
        {
            ConsoleRun.Of("train", "--data", data.Train, "--test-data", data.Test, "--recipe", data.Recipe, "--seed", seed, "--out", data.In($"alone-{seed}"));
        }

        Assert.Equal(File.ReadAllBytes(data.In("alone-7/model.onnx")), File.ReadAllBytes(data.In("whole/network-2/model.onnx")));
        ConsoleRun.Of("ensemble", "--models", data.In("alone-6"), data.In("alone-7"), "--test-time-shifts", "1", "--out", data.In("joined.onnx"));
        Assert.Equal(Scores(data.In("joined.onnx")), Scores(data.In("whole/model.onnx")));

        string metrics = File.ReadAllText(data.In("whole/metrics.json"));
        Assert.Equal(metrics, DigitModel.Load(data.In("whole/model.onnx")).Metadata.MetricsJson);
        Assert.Equal(metrics.TrimEnd(), ConsoleRun.Of("evaluate", "--model", data.In("joined.onnx"), "--data", data.Test, "--json").Output.TrimEnd());
        Assert.Contains("\nScores are the mean over 2 networks and 5 positions of each image", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nNetwork with seed 6: validation accuracy 0\.\d{4}, test accuracy 0\.\d{4}, \S+\nNetwork with seed 7: ", run.Output);
        Assert.Contains($"\nRun folder: {data.In("whole")} (2 networks, 2,988 parameters, test-time shifts of 1 pixel; one run folder per network)\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_may_ask_for_several_networks_and_shifts()
    {
        File.WriteAllText(data.In("two.json"), File.ReadAllText(data.Recipe).Replace("\"layers\"", "\"networks\": 2, \"testTimeShift\": 2, \"layers\"", StringComparison.Ordinal));
        JsonElement json = JsonDocument.Parse(
            ConsoleRun.Of("train", "--data", data.Train, "--recipe", data.In("two.json"), "--epochs", "1", "--out", data.In("two"), "--json").Output).RootElement;
        Assert.Equal((2, 2, 2988), (json.GetProperty("networks").GetArrayLength(), json.GetProperty("testTimeShift").GetInt32(), json.GetProperty("parameters").GetInt32()));
        Assert.Equal("validation", json.GetProperty("evaluatedRows").GetString());
        Assert.Equal(
            File.ReadAllText(data.In("two/network-1/metrics.json")).Split("datasetChecksum")[1].Split(',')[0], File.ReadAllText(data.In("two/metrics.json")).Split("datasetChecksum")[1].Split(',')[0]);
        Assert.Equal(PredictedRows("two/network-1"), PredictedRows("two/network-2"));
        Assert.Equal(0, DigitModel.Load(data.In("two/network-1/model.onnx")).TestTimeShift);

        string[] single = ["train", "--data", data.Train, "--recipe", data.In("two.json"), "--networks", "1", "--epochs", "1", "--out"];
        Assert.Contains("\nScores are the mean over 5 positions of each image (unshifted; shifted by 2 pixels ", ConsoleRun.Of([.. single, data.In("one")]).Output, StringComparison.Ordinal);
        Fails($"{data.In("two")} already holds a finished run; choose another --name or --out, or add --overwrite to replace it.", [.. single, data.In("two")]);
        DigitModel one = DigitModel.Load(data.In("one/model.onnx"));
        Assert.Equal((1, 2), (one.Members.Length, one.TestTimeShift));
        Assert.Equal(2988, JsonDocument.Parse(ConsoleRun.Of("summary", "--recipe", data.In("two.json"), "--json").Output).RootElement.GetProperty("trainableParameters").GetInt32());
        Assert.EndsWith(" Networks of this kind: 2\n", ConsoleRun.Of("summary", "--recipe", data.In("two.json")).Output, StringComparison.Ordinal);
        Fails("Recipe \"tiny\" trains 2 networks; a sweep trains one per setting: set networks to 1 in a copy.",
            "sweep", "--epochs-batch", "1x64", "--data", data.Train, "--recipe", data.In("two.json"), "--out", data.In("swept"));
    }

    [Fact]
    public void Networks_take_kinds_of_layers_in_turn()
    {
        const string Other = "[{ \"type\": \"Conv2D\", \"filters\": 4, \"kernelSize\": 5 }, { \"type\": \"ReLU\" }, { \"type\": \"GlobalAveragePool2D\" }, { \"type\": \"Dense\", \"units\": \"classes\" }]";
        string recipe = data.In("kinds.json");
        File.WriteAllText(recipe, File.ReadAllText(data.Recipe).Replace("\"layers\"", $"\"networks\": 3, \"otherLayers\": [{Other}], \"layers\"", StringComparison.Ordinal));
        ConsoleRun run = ConsoleRun.Of("train", "--data", data.Train, "--recipe", recipe, "--epochs", "1", "--out", data.In("kinds"), "--set", "otherLayers[0][0].filters=5");
        Assert.True(run.ExitCode == 0, run.Error);
        int[] parameters = [.. DigitModel.Load(data.In("kinds/model.onnx")).Members.Select(member => member.Network.TrainableParameterCount)];
        Assert.Equal([1494, 5 * 26 + 60, 1494], parameters);
        Assert.DoesNotContain("\"otherLayers\"", File.ReadAllText(data.In("kinds/network-2/plan.json")), StringComparison.Ordinal);

        string summary = ConsoleRun.Of("summary", "--recipe", recipe).Output;
        Assert.Matches(@"(?s)Networks of this kind: 2\n\nModel: ""tiny"".* Networks of this kind: 1\n$", summary);
        Assert.Equal(2 * 1494 + 4 * 26 + 50, JsonDocument.Parse(ConsoleRun.Of("summary", "--recipe", recipe, "--json").Output).RootElement.GetProperty("trainableParameters").GetInt32());
        ConsoleRun.Of("train", "--data", data.Train, "--recipe", recipe, "--networks", "1", "--epochs", "1", "--out", data.In("kind"));
        Assert.Equal(1494, DigitModel.Load(data.In("kind/model.onnx")).Network.TrainableParameterCount);
    }

    [Fact]
    public void A_stopped_ensemble_goes_on_and_does_nothing_twice()
    {
        string[] line = Line("stopped");
        ConsoleRun stopped = ConsoleRun.StoppedAt("held out (seed 3)", line);
        Assert.Equal((130, ""), (stopped.ExitCode, stopped.Output));
        Assert.EndsWith(
            $" To resume, run:\n  digitml {string.Join(' ', line)}\n",
            stopped.Error.ReplaceLineEndings("\n").Replace("dotnet run -c Release --project DigitML.Training --", "digitml", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.False(File.Exists(data.In("stopped/model.onnx")));

        ConsoleRun resumed = ConsoleRun.Of(line);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Contains($"Network 1 of 2, seed 2\nAlready done: {data.In("stopped/network-1")}\n", resumed.Error.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Equal(0, ConsoleRun.Of(Line("straight")).ExitCode);
        Assert.Equal(Scores(data.In("straight/model.onnx")), Scores(data.In("stopped/model.onnx")));
        Assert.Equal(File.ReadAllBytes(data.In("straight/metrics.json")), File.ReadAllBytes(data.In("stopped/metrics.json")));
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_trained()
    {
        ConsoleRun.Of("train", "--data", data.Train, "--recipe", data.Recipe, "--epochs", "1", "--out", data.In("single"));
        Fails($"{data.In("single")} holds a run of one network; choose another --name or --out, or add --overwrite to replace it.", Line("single"));
        Fails("Recipe \"tiny\" has test-time shifts of 28 pixels, which do not suit images of 28x28; a shift is 0 to 27 pixels.",
            "train", "--data", data.Train, "--recipe", data.Recipe, "--test-time-shifts", "28", "--out", data.In("far"));
        Assert.False(Directory.Exists(data.In("far")));
        string recipe = File.ReadAllText(data.Recipe), none = data.In("none.json");
        File.WriteAllText(none, recipe.Replace("\"layers\"", "\"networks\": 0, \"layers\"", StringComparison.Ordinal));
        Fails($"{none}:4: networks is 0; it must be 1 or more.", "train", "--data", data.Train, "--recipe", none);
        File.WriteAllText(none, recipe.Replace("\"layers\"", "\"testTimeShift\": -1, \"layers\"", StringComparison.Ordinal));
        Fails($"{none}:4: testTimeShift is -1; it must be 0 or more.", "train", "--data", data.Train, "--recipe", none);
        ConsoleRun usage = ConsoleRun.Of("train", "--resume", data.In("single"), "--networks", "2");
        Assert.Contains("--resume follows the plan of its run, so --networks cannot be given with it.", usage.Error, StringComparison.Ordinal);
    }

    private string[] PredictedRows(string run) => [.. File.ReadAllLines(data.In($"{run}/predictions.csv")).Select(line => line.Split(',')[0])];

    private static void Fails(string message, params string[] args)
    {
        ConsoleRun run = ConsoleRun.Of(args);
        Assert.Equal((1, "", $"error: {message}\n"), (run.ExitCode, run.Output, run.Error));
    }

    private string Scores(string model) => ConsoleRun.Of("predict", "--model", model, "--data", data.Test, "--format", "scores").Output;

    private string[] Line(string folder, params string[] more) =>
        ["train", "--networks", "2", "--data", data.Train, "--test-data", data.Test, "--recipe", data.Recipe, "--out", data.In(folder), .. more];
}
