using System.Text.Json;
using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Experiments.Runs;

namespace DigitML.Tests.EndToEnd;

public class RetrainEndToEndTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Retraining_goes_on_from_what_the_model_knows()
    {
        string[] arguments = ["--data", model.Data.Train, "--test-data", model.Data.Test, "--epochs", "1", "--json"];
        double anew = Accuracy(ConsoleRun.Of(["train", "--recipe", model.Data.Recipe, "--out", model.Data.In("anew"), .. arguments]));
        double retrained = Accuracy(ConsoleRun.Of(["retrain", "--model", model.Path, "--out", model.Data.In("on"), .. arguments]));
        Assert.True(retrained > anew + 0.05, $"{retrained} after retraining for an epoch, {anew} after one epoch from scratch");
        Assert.Equal(model.Path, JsonDocument.Parse(File.ReadAllText(model.Data.In("on/plan.json"))).RootElement.GetProperty("baseModel").GetProperty("path").GetString());
    }

    [Fact]
    public void New_labels_become_classes_after_the_old_ones()
    {
        string letters = model.Data.In("letters.csv");
        DigitDataset train = DigitFiles.Read(model.Data.Train);
        var labels = new LabelMap(["A", .. train.LabelMap.Labels]);
        CsvDigitWriter.Write(letters, new DigitDataset("letters", 28, 28, train.Pixels, [.. train.Labels.Select((key, row) => row % 8 == 0 ? 0 : key + 1)], labels));
        ConsoleRun run = ConsoleRun.Of("retrain", "--model", model.Path, "--data", letters, "--out", model.Data.In("grown"), "--epochs", "1");
        Assert.Equal(0, run.ExitCode);
        DigitModel grown = DigitModel.Load(model.Data.In("grown/model.onnx"));
        Assert.Equal<string>([.. DigitModel.Load(model.Path).Labels.Labels, "A"], [.. grown.Labels.Labels]);
        Assert.Equal(11, grown.Network.ClassCount);
    }

    [Fact]
    public void Old_classes_keep_their_weights_and_new_ones_start_fresh()
    {
        DigitModel old = DigitModel.Load(model.Path);
        var plan = new TrainingPlan(1, 8, new Engine.Optimizers.Adam(), new Constant(0.01f));
        Network grown = ClassGrowth.RecipeOf(old, plan).BuildNetwork(28, 28, 12);
        NetworkWeights weights = ClassGrowth.WeightsFor(grown, old, plan);
        float[] before = old.Weights.Tensors.Single(tensor => tensor.Name == "dense.weight").Values;
        float[] after = weights.Tensors.Single(tensor => tensor.Name == "dense.weight").Values;
        Assert.Equal(before.Length / 10 * 12, after.Length);
        Assert.Equal(before, after[..before.Length]);
        Assert.DoesNotContain(0f, after[before.Length..]);
        Assert.Equal(old.Weights.Tensors[0].Values, weights.Tensors[0].Values);
    }

    [Fact]
    public void A_stopped_retraining_ends_in_the_same_model_too()
    {
        string[] Retrain(string folder) => ["retrain", "--model", model.Path, "--data", model.Data.Train, "--epochs", "2", "--out", model.Data.In(folder)];
        Assert.Equal(0, ConsoleRun.Of(Retrain("retrained")).ExitCode);
        Assert.Equal(130, ConsoleRun.StoppedAt("Epoch 2/2", Retrain("retrain-stopped")).ExitCode);
        Assert.Equal(0, ConsoleRun.Of("train", "--resume", model.Data.In("retrain-stopped")).ExitCode);
        Assert.Equal(File.ReadAllBytes(model.Data.In("retrained/model.onnx")), File.ReadAllBytes(model.Data.In("retrain-stopped/model.onnx")));
    }

    [Fact]
    public void Without_a_recipe_it_learns_gently()
    {
        TrainingPlan plan = RetrainRecipe.For(DigitModel.Load(model.Path), recipe: null).Training;
        Assert.Equal((5, new Cosine(0.002f)), (plan.Epochs, plan.LearningRate));
        Assert.Equal(0.9f, plan.AveragingDecay);
    }

    [Fact]
    public void Classes_without_rows_stay_in_the_model()
    {
        DigitDataset train = DigitFiles.Read(model.Data.Train);
        string some = model.Data.In("some.csv");
        CsvDigitWriter.Write(some, train.Subset("some", [.. Enumerable.Range(0, train.Count).Where(row => train.Labels[row] < 5)]));
        ConsoleRun run = ConsoleRun.Of("retrain", "--model", model.Path, "--data", some, "--out", model.Data.In("some-classes"), "--epochs", "1");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("  note:        no training rows of 5, 6, 7, 8, 9; the model may forget these classes", run.Error, StringComparison.Ordinal);
        Assert.Equal(10, DigitModel.Load(model.Data.In("some-classes/model.onnx")).Labels.Count);
    }

    [Fact]
    public void A_run_folder_names_its_model()
    {
        Assert.Equal(0, ConsoleRun.Of("retrain", "--model", model.Data.In("run"), "--data", model.Data.Train, "--out", model.Data.In("of-folder"), "--epochs", "1").ExitCode);
        Assert.Equal(ConsoleRun.Of("summary", "--model", model.Path).Output, ConsoleRun.Of("summary", "--model", model.Data.In("run")).Output);
    }

    [Fact]
    public void A_model_of_ML_NETs_trainers_is_refused_with_the_way_out()
    {
        string folder = model.Data.In("pipeline"), zip = Path.Combine(folder, "model.zip");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(zip, "PK\u0003\u0004"u8.ToArray());
        string expected = $"error: {zip} is a zip, as models of ML.NET's own trainers are; they cannot be exported, merged, retrained or loaded here: "
            + "evaluate, predict, compare and serve take them, and PipelineScorer.Load in an app.\n";
        foreach (string[] command in new string[][]
        {
            ["retrain", "--data", model.Data.Train, "--model", folder], ["summary", "--model", folder], ["export", "--template", "library", "--out", model.Data.In("none"), "--model", folder],
            ["ensemble", "--out", model.Data.In("none.onnx"), "--models", folder, model.Path],
        })
        {
            ConsoleRun run = ConsoleRun.Of(command);
            Assert.Equal((1, expected), (run.ExitCode, run.Error));
        }
    }

    private static double Accuracy(ConsoleRun run) => JsonDocument.Parse(run.Output).RootElement.GetProperty("microAccuracy").GetDouble();
}
