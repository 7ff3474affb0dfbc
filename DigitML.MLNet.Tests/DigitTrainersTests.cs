using System.Runtime.InteropServices;
using System.Text.Json;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model;
using DigitML.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

public sealed class DigitTrainersTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digitml-mlnet-").FullName;

    private static bool HasLightGbm => NativeLibrary.TryLoad("lib_lightgbm", typeof(Microsoft.ML.Trainers.LightGbm.LightGbmMulticlassTrainer).Assembly, null, out _);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_learns_scores_in_label_order_and_is_saved() => CheckTrainer("lbfgs");

    [Theory(Explicit = true)]
    [InlineData("sdca")]
    [InlineData("fasttree")]
    [InlineData("lightgbm")]
    public void The_others_learn_scores_in_label_order_and_are_saved(string name)
    {
        Assert.SkipUnless(name != "lightgbm" || HasLightGbm, "LightGBM has no native library for this platform.");
        CheckTrainer(name);
    }

    private void CheckTrainer(string name)
    {
        PipelineScorer trained = Train(name, Digits.Rows(0, 600));
        DigitDataset test = Digits.Rows(600, 300);
        float[] scores = Scores(trained, test);
        int right = Enumerable.Range(0, test.Count).Count(row => trained.Top(scores.AsSpan(row * 10, 10)).Key == test.Labels[row]);
        Assert.InRange(right, 200, 300);
        Assert.Equal(Enumerable.Range(0, 10).Select(digit => $"{digit}"), trained.Labels.Labels);

        string zip = Path.Combine(folder, "model.zip");
        trained.Save(zip);
        using var loaded = PipelineScorer.Load(zip);
        Assert.Equal((28, 28), (loaded.Height, loaded.Width));
        Assert.Equal(trained.Labels.Labels, loaded.Labels.Labels);
        Assert.Equal(scores, Scores(loaded, test));
        Parallel.For(0, 4, (int i) => Assert.Equal(scores[(i * 100)..(i * 100 + 100)], Scores(loaded, Digits.Rows(600 + i * 10, 10))));

        var context = new MLContext();
        ITransformer own = context.Model.Load(zip, out _);
        IDataView scored = own.Transform(context.Data.LoadDigits(test));
        Assert.Equal(scores, scored.GetColumn<float[]>("Score").SelectMany(row => row));
        Assert.Equal(right / 300.0, context.MulticlassClassification.Evaluate(scored).MicroAccuracy, 1e-9);
    }

    [Fact]
    public void A_native_library_that_is_missing_is_told()
    {
        if (HasLightGbm) return;
        string message = Assert.Throws<DigitMLException>(() => Train("lightgbm", Digits.Rows(0, 200))).Message;
        Assert.StartsWith("The trainer \"lightgbm\" needs a library that was not found: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_console_trains_it_on_the_same_rows_and_compares()
    {
        string train = Path.Combine(folder, "train.csv"), test = Path.Combine(folder, "test.csv");
        CsvDigitWriter.Write(train, Digits.Rows(0, 600));
        CsvDigitWriter.Write(test, Digits.Rows(600, 300));
        string other = Path.Combine(folder, "lbfgs"), own = Path.Combine(folder, "tiny");
        string output = Run("train", "--trainer", "lbfgs", "--data", train, "--test-data", test, "--out", other);
        Assert.Contains("\nTrained lbfgs in ", output, StringComparison.Ordinal);
        Assert.Contains("300 test rows: accuracy 0.", output, StringComparison.Ordinal);
        Run("train", "--recipe", "tiny", "--epochs", "1", "--data", train, "--test-data", test, "--out", own);
        JsonElement compared = JsonDocument.Parse(Run("compare", other, own, "--json")).RootElement;
        Assert.Equal(2, compared.GetProperty("runs").GetArrayLength());
        Assert.True(File.Exists(Path.Combine(other, "model.zip")));
    }

    [Fact]
    public void The_catalogue_names_what_there_is()
    {
        Assert.Equal(["digitcnn", "sdca", "lbfgs", "lightgbm", "fasttree"], DigitTrainers.All.Select(trainer => trainer.Name));
        Assert.Equal(
            "There is no trainer \"svm\"; the trainers are digitcnn, sdca, lbfgs, lightgbm, fasttree and imageclassification.",
            Assert.Throws<DigitMLException>(() => DigitTrainers.Get("svm")).Message);
        Assert.StartsWith("The trainer \"imageclassification\" runs TensorFlow", Assert.Throws<DigitMLException>(() => DigitTrainers.Get("imageclassification")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_of_the_catalogue_scores_like_its_classifier()
    {
        var context = new MLContext(seed: 1);
        DigitDataset rows = Digits.Rows(0, 300);
        IDataView view = context.Data.LoadDigits(rows);
        var trainer = context.MulticlassClassification.Trainers.DigitCnn(new DigitCnnOptions { Recipe = Data.Recipes.RecipeCatalog.Get("tiny"), Epochs = 1 });
        TransformerChain<DigitCnnTransformer> model = context.Transforms.MapDigitLabels().Append(trainer).Fit(view);
        using var scorer = new PipelineScorer(context, model, view.Schema);
        using var classifier = new Model.DigitClassifier(model.LastTransformer.Model);
        var expected = new float[rows.Count * 10];
        classifier.PredictBatch(rows.Pixels, rows.Count, expected);
        Assert.Equal(expected, Scores(scorer, rows));
        Assert.IsType<DigitCnnTrainer>(DigitTrainers.Get("digitcnn").Create(context, "Label", "Pixels"));
        scorer.Save(Path.Combine(folder, "model.zip"));
        using PipelineScorer loaded = PipelineScorer.Load(Path.Combine(folder, "model.zip"));
        Assert.Equal(expected, Scores(loaded, rows), (one, same) => Math.Abs(one - same) <= 1e-5f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pixels_of_another_scale_than_in_training_are_scored_alike(bool isTrainedOnDivided)
    {
        var context = new MLContext(seed: 1);
        IDataView bytes = context.Transforms.MapDigitLabels().Fit(context.Data.LoadDigits(Digits.Rows(0, 100))).Transform(context.Data.LoadDigits(Digits.Rows(0, 100)));
        IDataView floats = context.Transforms.Conversion.ConvertType("Pixels", outputKind: DataKind.Single).Fit(bytes).Transform(bytes);
        IDataView divided = context.Transforms.Expression("Pixels", "x => x / 255", "Pixels").Fit(floats).Transform(floats);
        ITransformer model = DigitTrainers.Get("lbfgs").Create(context, "Label", "Pixels").Fit(isTrainedOnDivided ? divided : bytes);
        float[][] expected = [.. model.Transform(bytes).GetColumn<float[]>("Score")];
        Assert.Equal(expected, model.Transform(floats).GetColumn<float[]>("Score"));
        Assert.Equal(expected, model.Transform(divided).GetColumn<float[]>("Score"));
    }

    [Fact]
    public void A_rectangle_keeps_its_sides_in_the_zip()
    {
        DigitDataset square = Digits.Rows(0, 100);
        var rows = new DigitDataset("wide", 14, 56, square.Pixels, square.Labels, square.LabelMap);
        string zip = Path.Combine(folder, "model.zip");
        Train("lbfgs", rows).Save(zip);
        using var loaded = PipelineScorer.Load(zip);
        Assert.Equal((14, 56), (loaded.Height, loaded.Width));
    }

    [Fact]
    public void A_zip_that_is_no_such_model_is_told()
    {
        string file = Path.Combine(folder, "model.zip");
        Assert.Equal($"{file}: there is no such file; name a model.zip.", Assert.Throws<DigitMLException>(() => PipelineScorer.Load(file)).Message);
        File.WriteAllText(file, "no zip");
        Assert.StartsWith($"{file} is not an ML.NET model that can be read here; ", Assert.Throws<DigitMLException>(() => PipelineScorer.Load(file)).Message, StringComparison.Ordinal);
        using (System.IO.Compression.ZipArchive archive = System.IO.Compression.ZipFile.Open(file + "2", System.IO.Compression.ZipArchiveMode.Create)) archive.CreateEntry("else");
        Assert.StartsWith($"{file}2 is not an ML.NET model that can be read here; ", Assert.Throws<DigitMLException>(() => PipelineScorer.Load(file + "2")).Message, StringComparison.Ordinal);

        var context = new MLContext();
        IDataView rows = context.Data.LoadDigits(Digits.Rows(0, 5));
        context.Model.Save(context.Transforms.NormalizeDigits().Fit(rows), rows.Schema, file);
        Assert.Equal($"{file} is not a digit model: There is no column \"Score\"; the columns are Label, Pixels.", Assert.Throws<DigitMLException>(() => PipelineScorer.Load(file)).Message);
        context.Model.Save(context.Transforms.CopyColumns("Other", "Text").Fit(context.Data.LoadFromEnumerable([new Text()])), context.Data.LoadFromEnumerable([new Text()]).Schema, file);
        Assert.Equal($"{file} is not a digit model: There is no column \"Pixels\"; the columns are Text.", Assert.Throws<DigitMLException>(() => PipelineScorer.Load(file)).Message);
    }

    private static PipelineScorer Train(string name, DigitDataset training)
    {
        var context = new MLContext(seed: 1);
        IDataView rows = context.Data.LoadDigits(training);
        return new PipelineScorer(context, context.Transforms.MapDigitLabels().Append(DigitTrainers.Get(name).Create(context, "Label", "Pixels")).Fit(rows), rows.Schema);
    }

    private static float[] Scores(PipelineScorer scorer, DigitDataset rows)
    {
        var scores = new float[rows.Count * scorer.Labels.Count];
        scorer.PredictBatch(rows.Pixels, rows.Count, scores);
        return scores;
    }

    private sealed class Text
    {
        [ColumnName("Text")]
        public string Value { get; set; } = "a";
    }

    private static string Run(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int code = DigitMLConsole.Run(args, output, error);
        Assert.True(code == 0, error.ToString());
        return output.ToString();
    }
}
