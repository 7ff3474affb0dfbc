using System.Globalization;
using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.MLNet;
using DigitML.Model;
using Microsoft.ML;

namespace DigitML.Tests.EndToEnd;

/// <summary>Every trainer goes through one ML.NET pipeline: the same folder, and for DigitCnn the same bytes as an app's own pipeline and as the engine alone.</summary>
public sealed class TrainerEndToEndTests : IDisposable
{
    private readonly SmallData data = new();

    [Fact]
    public void A_run_of_lbfgs_is_a_run_folder_that_every_command_takes()
    {
        string run = data.In("lbfgs");
        ConsoleRun train = ConsoleRun.Of("train", "--trainer", "lbfgs", "--data", data.Train, "--test-data", data.Test, "--out", run);
        Assert.Equal(0, train.ExitCode);
        Assert.Equal(
            ["history.csv", "metrics.json", "model.zip", "plan.json", "predictions.csv", "report.html"],
            Directory.GetFiles(run).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        ConsoleRun evaluate = ConsoleRun.Of("evaluate", "--model", run, "--data", data.Test, "--json");
        Assert.Equal(File.ReadAllText(Path.Combine(run, "metrics.json")).TrimEnd(), evaluate.Output.TrimEnd());
        ConsoleRun predict = ConsoleRun.Of("predict", "--model", Path.Combine(run, "model.zip"), "--data", data.Test);
        Assert.Equal(File.ReadAllLines(Path.Combine(run, "predictions.csv")).Skip(1).Select(line => line.Split(',')[2]), predict.Output.Trim().Split('\n').Skip(1).Select(line => line.Split(',')[1]));
        Assert.Equal(0, ConsoleRun.Of("evaluate", "--model", run, "--data", data.Test, "--out", data.In("again")).ExitCode);
        Assert.Equal(0, ConsoleRun.Of("compare", run, data.In("again")).ExitCode);
        Assert.Contains("Trainer lbfgs, seed 1", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
        Assert.Contains("--trainer lbfgs", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
        Assert.Equal(1, ConsoleRun.Of("train", "--trainer", "lbfgs", "--data", data.Train, "--out", run).ExitCode);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(26)]
    public void Console_pipeline_and_engine_give_the_same_bytes(int classes)
    {
        // Numbers of one and two figures: sorted as texts they would come in another order.
        DigitDataset digits = DigitFiles.Read(data.Train);
        var labels = new LabelMap(Enumerable.Range(0, classes).Select(key => key.ToString(CultureInfo.InvariantCulture)));
        var rows = new DigitDataset("rows", digits.Height, digits.Width, digits.Pixels, [.. Enumerable.Range(0, digits.Count).Select(row => classes - 1 - row % classes)], labels);
        string file = data.In("rows.csv");
        CsvDigitWriter.Write(file, rows);
        rows = DigitFiles.Read(file);
        Recipe recipe = RecipeCatalog.Get(data.Recipe);

        ConsoleRun console = ConsoleRun.OnCpu("train", "--recipe", data.Recipe, "--data", file, "--validation-fraction", "0", "--out", data.In("run"));
        Assert.Equal("", console.Error.Contains("error", StringComparison.Ordinal) ? console.Error : "");
        string fromConsole = DigitModel.Load(data.In("run/model.onnx")).ComputeSha256();

        var ml = new MLContext(seed: 1);
        IDataView view = ml.Data.LoadDigits(file);
        var pipeline = ml.Transforms.MapDigitLabels()
            .Append(ml.Transforms.Conversion.MapKeyToVector("Target", "Label"))
            .Append(ml.MulticlassClassification.Trainers.DigitCnn(new DigitCnnOptions { Recipe = recipe, TargetColumnName = "Target" }));
        using DigitCnnTransformer trained = pipeline.Fit(view).LastTransformer;

        using var device = new CpuDevice();
        PixelNormalization normalization = recipe.NormalizationFor(rows);
        TrainingResult result = new Trainer(device).Fit(
            recipe.BuildNetwork(rows.Height, rows.Width, classes), rows, recipe.Training, new FitOptions { Normalization = normalization });
        string fromEngine = new DigitModel(result.Weights, rows.LabelMap, normalization).ComputeSha256();

        Assert.Equal(fromEngine, fromConsole);
        Assert.Equal(fromEngine, trained.Model.ComputeSha256());
        Assert.Contains(fromEngine, ConsoleRun.Of("summary", "--model", data.In("run/model.onnx")).Output, StringComparison.Ordinal);
    }

    public void Dispose() => data.Dispose();
}
