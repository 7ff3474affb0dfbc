using System.Globalization;
using System.Text.Json;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Experiments.RunFiles;

namespace DigitML.Tests.EndToEnd;

public class EnsembleEndToEndTests : IClassFixture<EnsembleEndToEndTests.TwoModels>
{
    private readonly TwoModels models;

    public EnsembleEndToEndTests(TwoModels models) => this.models = models;

    private SmallData Data => models.First.Data;

    [Fact]
    public void Models_and_run_folders_are_joined_and_their_scores_averaged()
    {
        string joined = Data.In("joined.onnx");
        ConsoleRun run = ConsoleRun.Of("ensemble", "--models", Data.In("run"), models.Second, "--out", joined);
        Assert.Equal((0, $"{joined}: 2 networks, 2,988 parameters\n", ""), (run.ExitCode, run.Output, run.Error));
        float[][] expected = [Scores(models.First.Path), Scores(models.Second)];
        float[] scores = Scores(joined);
        for (int i = 0; i < scores.Length; i++) Assert.Equal((expected[0][i] + expected[1][i]) / 2, scores[i], 1e-6f);
        Assert.NotEqual(DigitModel.Load(joined).Members[0].Normalization, DigitModel.Load(joined).Members[1].Normalization);
    }

    [Fact]
    public void The_file_says_what_networks_it_has()
    {
        string joined = Join("facts.onnx", models.First.Path, models.Second), more = Join("more.onnx", joined, models.First.Path);
        JsonElement[] members = [.. JsonDocument.Parse(DigitModel.Load(more).Metadata.MembersJson!).RootElement.EnumerateArray()];
        Assert.Equal(["tiny 1494 1", "tiny 1494 7", "tiny 1494 1"], members.Select(member =>
            $"{member.GetProperty("name")} {member.GetProperty("parameters")} {member.GetProperty("seed")}"));
        Assert.Equal(7, members[1].GetProperty("recipe").GetProperty("training").GetProperty("seed").GetInt32());
        ConsoleRun run = ConsoleRun.Of("ensemble", "--json", "--models", more, models.Second, "--out", Data.In("four.onnx"), "--test-time-shifts", "2");
        JsonElement result = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((Data.In("four.onnx"), 2, 4 * 1494, 4), (result.GetProperty("model").GetString(), result.GetProperty("testTimeShift").GetInt32(),
            result.GetProperty("parameters").GetInt32(), result.GetProperty("members").GetArrayLength()));
    }

    [Fact]
    public void Shifts_are_the_same_as_an_option_and_in_the_model()
    {
        string shifted = Join("shifted.onnx", models.First.Path, "--test-time-shifts", "2");
        float[] byOption = Scores(models.First.Path, "--test-time-shifts", "2");
        Assert.Equal(byOption, Scores(shifted));
        Assert.NotEqual(byOption, Scores(models.First.Path));
        Assert.NotEqual(byOption, Scores(models.First.Path, "--test-time-shifts", "1"));
        Assert.Equal(Scores(models.First.Path), Scores(shifted, "--test-time-shifts", "0"));
        Assert.Equal(7UL, DigitModel.Load(Join("seed.onnx", models.Second, "--test-time-shifts", "1")).Metadata.Seed);
        Assert.Null(DigitModel.Load(shifted).Metadata.MetricsJson);
    }

    [Fact]
    public void Evaluation_tells_what_is_averaged_and_measures_it()
    {
        string joined = Join("evaluated.onnx", models.First.Path, models.Second, "--test-time-shifts", "1");
        const string Note = "Scores are the mean over 2 networks and 5 positions of each image (unshifted; shifted by 1 pixel up, down, left, right).\n";
        Assert.EndsWith(Note, Evaluate(joined), StringComparison.Ordinal);
        Assert.EndsWith("Scores are the mean over 2 networks.\n", Evaluate(joined, "--test-time-shifts", "0"), StringComparison.Ordinal);
        Assert.EndsWith("positions of each image (unshifted; shifted by 3 pixels up, down, left, right).\n", Evaluate(models.First.Path, "--test-time-shifts", "3"), StringComparison.Ordinal);
        Assert.DoesNotContain("Scores are", Evaluate(models.First.Path), StringComparison.Ordinal);
        string[] labels = [.. File.ReadLines(Data.Test).Skip(1).Select(line => line.Split(',')[0])];
        string[] predicted = [.. Predict(joined).Split('\n')[1..^1].Select(line => line.Split(',')[1])];
        double accuracy = labels.Zip(predicted).Count(pair => pair.First == pair.Second) / 100.0;
        Assert.Equal(accuracy, JsonDocument.Parse(Evaluate(joined, "--json")).RootElement.GetProperty("microAccuracy").GetDouble(), 1e-9);
    }

    [Fact]
    public void A_summary_shows_each_kind_of_network_once_and_the_whole()
    {
        string joined = Join("summary.onnx", models.First.Path, models.Second, "--test-time-shifts", "1"), hash = DigitModel.Load(joined).ComputeSha256();
        string text = ConsoleRun.Of("summary", "--model", joined).Output;
        Assert.Equal(2, text.Split("Model: \"tiny\"").Length);
        Assert.EndsWith(
            " Networks of this kind: 2\n\nensemble: 2 networks, 2,988 parameters, test-time shifts of 1 pixel\n"
            + "Scores are the mean over 2 networks and 5 positions of each image (unshifted; shifted by 1 pixel up, down, left, right).\n"
            + $"SHA-256 of graph, labels and weights: {hash}\n",
            text, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(ConsoleRun.Of("summary", "--json", "--model", Data.In("summary.onnx")).Output).RootElement;
        Assert.Equal(hash, json.GetProperty("sha256").GetString());
        Assert.Equal((1, 2, 2988), (json.GetProperty("testTimeShift").GetInt32(), json.GetProperty("members").GetArrayLength(), json.GetProperty("trainableParameters").GetInt32()));
    }

    [Fact]
    public void An_ensemble_is_not_retrained_but_a_shifted_model_is()
    {
        string joined = Join("no-retrain.onnx", models.First.Path, models.Second);
        Fails($"{joined}: it is an ensemble of 2 networks, which cannot be retrained; retrain each model separately and combine them with digitml ensemble.",
            "retrain", "--model", joined, "--data", Data.Train, "--out", Data.In("none"));
        Assert.False(Directory.Exists(Data.In("none")));
        string shifted = Join("retrained.onnx", models.First.Path, "--test-time-shifts", "1");
        Assert.Equal(0, ConsoleRun.Of("retrain", "--model", shifted, "--data", Data.Test, "--epochs", "1", "--out", Data.In("retrained")).ExitCode);
        Assert.Equal(1, DigitModel.Load(RunFolder.ModelIn(Data.In("retrained"))).TestTimeShift);
    }

    [Fact]
    public void Models_that_do_not_fit_together_are_refused()
    {
        string small = Save("small.onnx", 8, "0", "1"), letters = Save("letters.onnx", 28, "A", "B");
        string first = models.First.Path, target = Data.In("refused.onnx");
        Fails($"{small}: it takes images of 8x8 but {first} takes 28x28; the models of an ensemble need the same image size.", "ensemble", "--models", first, small, "--out", target);
        Fails($"{letters}: its labels are A, B but those of {first} are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9; the models of an ensemble need the same labels in the same order.",
            "ensemble", "--models", first, letters, "--out", target);
        Fails($"{Data.Folder} holds no model.onnx and no model.zip; name a model file or the folder of a finished run.", "ensemble", "--models", first, Data.Folder, "--out", target);
        string copy = Data.In("copy.onnx");
        File.Copy(first, copy, overwrite: true);
        Fails($"{first} is the same model as {first}, which would count twice; name it once.", "ensemble", "--models", first, first, "--out", target);
        Fails($"{copy} is the same model as {first}, which would count twice; name it once.", "ensemble", "--models", first, copy, "--out", target);
        Fails($"{Data.In("gone.onnx")}: there is no such file; check the path.", "ensemble", "--models", first, Data.In("gone.onnx"), "--out", target);
        Fails("Test-time shifts of 28 pixels do not suit images of 28x28; a shift is 0 to 27 pixels.", "ensemble", "--models", first, "--out", target, "--test-time-shifts", "28");
        Fails("Test-time shifts of 99 pixels do not suit images of 28x28; a shift is 0 to 27 pixels.", "evaluate", "--model", first, "--data", Data.Test, "--test-time-shifts", "99");
        Assert.False(File.Exists(target));
    }

    private static void Fails(string message, params string[] args)
    {
        ConsoleRun run = ConsoleRun.Of(args);
        Assert.Equal((1, "", $"error: {message}\n"), (run.ExitCode, run.Output, run.Error));
    }

    private static float[] ScoresIn(string csv) => [.. csv.Split('\n')[1..^1].SelectMany(line => line.Split(',')[2..]).Select(field => float.Parse(field, CultureInfo.InvariantCulture))];

    private float[] Scores(string model, params string[] more) => ScoresIn(Predict(model, ["--format", "scores", .. more]));

    private string Predict(string model, params string[] more) => Output(["predict", "--model", model, "--data", Data.Test, .. more]);

    private string Evaluate(string model, params string[] more) => Output(["evaluate", "--model", model, "--data", Data.Test, .. more]);

    private string Join(string name, params string[] more)
    {
        Output(["ensemble", "--out", Data.In(name), "--models", .. more]);
        return Data.In(name);
    }

    private static string Output(string[] args)
    {
        ConsoleRun run = ConsoleRun.Of(args);
        Assert.Equal((0, true), (run.ExitCode, run.Error.Length == 0 || run.Error.EndsWith("pixels 0 to 255\n", StringComparison.Ordinal)));
        return run.Output;
    }

    private string Save(string name, int side, params string[] labels)
    {
        var network = new Network("n", Shape.Image(side, side, 1), [new Flatten(), new Dense(labels.Length)]);
        new DigitModel(new NetworkWeights(network), new LabelMap(labels), PixelNormalization.Unit).Save(Data.In(name));
        return Data.In(name);
    }

    /// <summary>Two tiny models of one recipe, trained with other seeds and so on other rows.</summary>
    public sealed class TwoModels : IDisposable
    {
        public TwoModels() => Assert.Equal(
            0, ConsoleRun.Of("train", "--data", First.Data.Train, "--recipe", First.Data.Recipe, "--seed", "7", "--out", First.Data.In("second")).ExitCode);

        public TrainedModel First { get; } = new();

        public string Second => First.Data.In("second/model.onnx");

        public void Dispose() => First.Dispose();
    }
}
