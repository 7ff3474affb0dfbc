using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

/// <summary>Recipe, rows and seed give the same weights through a pipeline as through the engine's own trainer.</summary>
public class SameBytesTests
{
    private static readonly Recipe Tiny = new RecipeOverrides(Epochs: 2, Seed: 5).Apply(RecipeCatalog.Get("tiny"));

    private readonly MLContext context = new(seed: 1);

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 0.1)]
    [InlineData(true, 0.1)]
    public void A_pipeline_gives_the_weights_of_the_engines_trainer(bool hasTarget, double validationFraction)
    {
        DigitDataset rows = Digits.Rows(0, 600);
        Assert.Equal(Engine(rows, validationFraction).ComputeSha256(), Pipeline(rows, hasTarget, validationFraction).ComputeSha256());
    }

    [Fact]
    public void So_it_does_for_26_numeric_labels()
    {
        DigitDataset digits = Digits.Rows(0, 780);
        var rows = new DigitDataset("letters", 28, 28, digits.Pixels, [.. Enumerable.Range(0, 780).Select(row => row % 26)], LabelMap.FromDistinct(Enumerable.Range(0, 26).Select(label => $"{label}")));
        DigitModel model = Pipeline(rows, hasTarget: true, 0.1);
        Assert.Equal("10", model.Labels[10]);
        Assert.Equal(Engine(rows, 0.1).ComputeSha256(), model.ComputeSha256());
    }

    [Fact]
    public void A_validation_set_is_measured_and_changes_no_weight()
    {
        DigitDataset rows = Digits.Rows(0, 400), validation = Digits.Rows(400, 100);
        IDataView view = context.Data.LoadDigits(rows);
        ITransformer keys = context.Transforms.MapDigitLabels().Fit(view);
        DigitCnnTransformer with = Fit(keys.Transform(view), new DigitCnnOptions { Recipe = Tiny, ValidationSet = keys.Transform(context.Data.LoadDigits(validation)) });
        Assert.Equal(Fit(keys.Transform(view), new DigitCnnOptions { Recipe = Tiny }).Model.ComputeSha256(), with.Model.ComputeSha256());
        TrainingResult result = Assert.Single(with.TrainingResults);
        Assert.Equal(StopReason.Completed, result.StopReason);
        float[] scores = new float[1000];
        using var classifier = new DigitClassifier(with.Model);
        classifier.PredictBatch(validation.Pixels, 100, scores);
        Assert.Equal(Enumerable.Range(0, 100).Count(row => classifier.Top(scores.AsSpan(row * 10, 10)).Key == validation.Labels[row]) / 100.0, result.History[^1].ValidationAccuracy!.Value, 1e-9);
    }

    [Fact]
    public void Soft_targets_reach_the_loss()
    {
        IDataView view = context.Transforms.MapDigitLabels().Append(context.Transforms.CustomMapping<Labelled, Soft>((_, soft) => soft.Target = [.. Enumerable.Repeat(0.1f, 10)], contractName: null))
            .Fit(context.Data.LoadDigits(Digits.Rows(0, 300))).Transform(context.Data.LoadDigits(Digits.Rows(0, 300)));
        DigitCnnTransformer model = Fit(view, new DigitCnnOptions { Recipe = Tiny, TargetColumnName = "Target" });
        Assert.All(model.Transform(view).GetColumn<float[]>("Score").Take(20), scores => Assert.InRange(scores.Max(), 0.1, 0.3));
    }

    [Fact]
    public void An_image_that_is_no_square_is_trained_on_by_its_annotations_or_the_options()
    {
        DigitDataset square = Digits.Rows(0, 200);
        var rows = new DigitDataset("wide", 16, 49, square.Pixels, square.Labels, square.LabelMap);
        Recipe dense = Tiny with { Layers = [new Flatten(), new Dense(10)] };
        IDataView view = context.Transforms.MapDigitLabels().Fit(context.Data.LoadDigits(rows)).Transform(context.Data.LoadDigits(rows));
        DigitModel annotated = Fit(view, new DigitCnnOptions { Recipe = dense }).Model;
        Assert.Equal((16, 49), (annotated.InputShape.Height, annotated.InputShape.Width));
        IDataView plain = context.Transforms.Conversion.ConvertType("Pixels", outputKind: DataKind.Single).Fit(view).Transform(view);
        DigitModel named = Fit(plain, new DigitCnnOptions { Recipe = dense, ImageHeight = 16, ImageWidth = 49 }).Model;
        Assert.Equal(annotated.ComputeSha256(), named.ComputeSha256());
    }

    private DigitModel Pipeline(DigitDataset rows, bool hasTarget, double validationFraction)
    {
        var options = new DigitCnnOptions { Recipe = Tiny, ValidationFraction = validationFraction, TargetColumnName = hasTarget ? "Target" : null };
        return context.Transforms.MapDigitLabels()
            .Append(context.Transforms.Conversion.MapKeyToVector("Target", "Label"))
            .Append(context.MulticlassClassification.Trainers.DigitCnn(options))
            .Fit(context.Data.LoadDigits(rows)).LastTransformer.Model;
    }

    private DigitCnnTransformer Fit(IDataView view, DigitCnnOptions options) => context.MulticlassClassification.Trainers.DigitCnn(options).Fit(view);

    private static DigitModel Engine(DigitDataset rows, double validationFraction)
    {
        (DigitDataset training, DigitDataset? validation) = validationFraction == 0
            ? (rows, null) : DatasetSplit.ByCount(rows, (int)Math.Round(rows.Count * validationFraction), Tiny.Training.Seed);
        Network network = Tiny.BuildNetwork(28, 28, rows.LabelMap.Count);
        PixelNormalization normalization = Tiny.NormalizationFor(training);
        using var device = new CpuDevice();
        TrainingResult result = new Trainer(device).Fit(network, training, Tiny.Training, new FitOptions { Validation = validation, Normalization = normalization });
        return new DigitModel(result.Weights, rows.LabelMap, normalization).WithTestTimeShift(Tiny.TestTimeShift);
    }

    private sealed class Labelled
    {
        [KeyType(10)]
        public uint Label { get; set; }
    }

    private sealed class Soft
    {
        [VectorType(10)]
        public float[] Target { get; set; } = [];
    }
}
