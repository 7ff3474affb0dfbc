using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Learning;
using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace DigitML.MLNet.Tests;

public class DigitCnnTests
{
    private static readonly DigitCnnOptions Short = new() { Recipe = RecipeCatalog.Get("tiny"), Epochs = 6, Seed = 3, LearningRate = 0.05f, BatchSize = 32 };

    private readonly MLContext context = new(seed: 1);

    private IDataView Training => context.Data.LoadDigits(Digits.Rows(0, 1500));

    private IDataView Test => context.Data.LoadDigits(Digits.Rows(1500, 500));

    [Fact]
    public void It_trains_evaluates_and_predicts_in_a_pipeline()
    {
        ITransformer model = Pipeline(Short).Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Training);
        MulticlassClassificationMetrics metrics = context.MulticlassClassification.Evaluate(Pipeline(Short).Fit(Training).Transform(Test));
        Assert.InRange(metrics.MicroAccuracy, 0.8, 1);
        Assert.Contains("PREDICTED ||     0 |     1 |", metrics.ConfusionMatrix.GetFormattedConfusionTable(), StringComparison.Ordinal);

        using PredictionEngine<Input, Output> engine = context.Model.CreatePredictionEngine<Input, Output>(model);
        using var classifier = new DigitClassifier(Cnn(model).Model);
        var digits = Digits.Rows(1500, 100);
        for (int row = 0; row < digits.Count; row++)
        {
            Output read = engine.Predict(new Input { Pixels = digits.Image(row).ToArray() });
            DigitPrediction expected = classifier.Predict(digits.Image(row));
            Assert.Equal(expected.Label, read.PredictedLabel);
            Assert.Equal(expected.Scores, read.Score);
        }
    }

    [Fact]
    public void Pixels_divided_by_255_train_the_same_model()
    {
        var plain = Pipeline(Short).Fit(Training);
        var normalised = context.Transforms.NormalizeDigits().Append(Pipeline(Short)).Fit(Training);
        Assert.Equal(Bytes(Cnn(plain).Model), Bytes(Cnn(normalised).Model));
        IDataView test = Test, divided = context.Transforms.NormalizeDigits().Fit(test).Transform(test);
        float[][] expected = [.. plain.Transform(test).GetColumn<float[]>("Score")];
        Assert.Equal(expected, Cnn(plain).Transform(divided).GetColumn<float[]>("Score"));
        Assert.Equal(expected, Cnn(normalised).Transform(test).GetColumn<float[]>("Score"));
        Assert.Equal(expected, normalised.Transform(test).GetColumn<float[]>("Score"));
    }

    [Fact]
    public void Keys_keep_their_order_and_type()
    {
        IDataView view = context.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Single).Fit(Training).Transform(Training);
        IDataView read = context.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(context.MulticlassClassification.Trainers.DigitCnn(Short with { Epochs = 1 }))
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(view).Transform(view);
        Assert.Equal(NumberDataViewType.Single, read.Schema["PredictedLabel"].Type);
        VBuffer<ReadOnlyMemory<char>> names = default;
        read.Schema["Score"].GetSlotNames(ref names);
        Assert.Equal(Enumerable.Range(0, 10).Select(digit => $"{digit}"), names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void Cross_validation_gives_metrics_for_every_fold()
    {
        IDataView data = context.Transforms.Conversion.MapValueToKey("Label").Fit(Training).Transform(Training);
        var folds = context.MulticlassClassification.CrossValidate(data, context.MulticlassClassification.Trainers.DigitCnn(Short), numberOfFolds: 3);
        Assert.Equal(3, folds.Count);
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.7, 1));
    }

    [Fact]
    public void An_ensemble_is_trained_with_all_its_networks()
    {
        string recipe = Path.GetTempFileName();
        File.WriteAllText(recipe, RecipeCatalog.JsonOf("tiny").Replace("\"training\"", "\"networks\": 2, \"training\"", StringComparison.Ordinal));
        DigitModel model = Cnn(Pipeline(Short with { Recipe = RecipeCatalog.Get(recipe), Epochs = 1 }).Fit(Training)).Model;
        Assert.Equal(2, model.Members.Length);
        Assert.NotEqual(Bytes(new DigitModel([model.Members[0]], model.Labels)), Bytes(new DigitModel([model.Members[1]], model.Labels)));
        File.Delete(recipe);
    }

    [Fact]
    public void The_onnx_file_gives_the_same_scores()
    {
        TransformerChain<DigitCnnTransformer> model = Pipeline(Short with { Epochs = 1 }).Fit(Training);
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        Cnn(model).SaveAsOnnx(file);
        using var classifier = DigitClassifier.Load(file);
        float[][] scores = [.. model.Transform(Test).GetColumn<float[]>("Score").Take(20)];
        for (int row = 0; row < scores.Length; row++) Assert.Equal(classifier.Predict(Digits.Rows(1500 + row, 1).Image(0)).Scores, scores[row]);
        File.Delete(file);
    }

    [Theory]
    [InlineData("Pixels")]
    [InlineData("Image")]
    public void The_zip_gives_the_same_scores_and_labels(string column)
    {
        IDataView Renamed(IDataView rows) => column == "Pixels" ? rows : context.Transforms.CopyColumns(column, "Pixels").Append(context.Transforms.DropColumns("Pixels")).Fit(rows).Transform(rows);
        IDataView training = Renamed(Training), test = Renamed(Test);
        TransformerChain<DigitCnnTransformer> model = context.Transforms.MapDigitLabels()
            .Append(context.MulticlassClassification.Trainers.DigitCnn(Short with { Epochs = 1, FeatureColumnName = column })).Fit(training);
        string[] before = Directory.GetFiles(Path.GetTempPath(), "*.onnx");
        using var zip = new MemoryStream();
        context.Model.Save(model, training.Schema, zip);
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "*.onnx").Except(before));

        var other = new MLContext();
        other.ComponentCatalog.RegisterAssembly(typeof(DigitOnnx).Assembly);
        zip.Position = 0;
        IDataView read = other.Model.Load(zip, out _).Transform(test), expected = model.Transform(test);
        Assert.Equal(expected.GetColumn<uint>("PredictedLabel"), read.GetColumn<uint>("PredictedLabel"));
        float[][] scores = [.. read.GetColumn<float[]>("Score")], expectedScores = [.. expected.GetColumn<float[]>("Score")];
        Assert.Equal(expectedScores[0], scores[0], (one, same) => Math.Abs(one - same) <= 1e-5f);
        Assert.Equal(
            context.MulticlassClassification.Evaluate(expected).ConfusionMatrix.GetFormattedConfusionTable(),
            other.MulticlassClassification.Evaluate(read).ConfusionMatrix.GetFormattedConfusionTable());
    }

    [Theory]
    [InlineData("Label", "Pixels", "Column \"Label\" is text, not a key of UInt32; put Transforms.MapDigitLabels() before the trainer.")]
    [InlineData("Lable", "Pixels", "There is no column \"Lable\"; the columns are Label, Pixels.")]
    public void A_wrong_column_is_told(string label, string pixels, string message)
    {
        var trainer = context.MulticlassClassification.Trainers.DigitCnn("tiny", label, pixels);
        Assert.Equal(message, Assert.Throws<DigitMLException>(() => trainer.Fit(Training)).Message);
        Assert.Equal(message, Assert.Throws<DigitMLException>(() => new EstimatorChain<ITransformer>().Append(trainer).Fit(Training)).Message);
    }

    [Theory]
    [InlineData("Pixles", "There is no column \"Pixles\"; the columns are ")]
    [InlineData("Free", "Column \"Free\" is a vector of Single of variable length; pixels must be a vector of Byte or Single of known size: put [VectorType(784)] (height x width) on the property, ")]
    [InlineData("Doubles", "Column \"Doubles\" is a vector of 4 Double; pixels must be a vector of Byte or Single of known size: join columns with Transforms.Concatenate, or convert ", "Column \"Doubles\" is a vector of Double; ")]
    [InlineData("One", "Column \"One\" is Single; pixels must be ")]
    public void A_column_that_holds_no_images_is_told_alone_and_in_a_pipeline(string pixels, string message, string? inPipeline = null)
    {
        IDataView rows = context.Data.LoadFromEnumerable([new Odd(), new Odd { Label = "2" }]);
        IDataView keys = context.Transforms.MapDigitLabels().Fit(rows).Transform(rows);
        var trainer = context.MulticlassClassification.Trainers.DigitCnn("tiny", featureColumnName: pixels);
        Assert.StartsWith(message, Assert.Throws<DigitMLException>(() => trainer.Fit(keys)).Message, StringComparison.Ordinal);
        Assert.StartsWith(inPipeline ?? message, Assert.Throws<DigitMLException>(() => context.Transforms.MapDigitLabels().Append(trainer).Fit(rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_one_class_are_refused()
    {
        foreach (int count in new[] { 1, 3 })
        {
            IDataView rows = context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ => new Input { Label = "7", Pixels = new byte[784] }));
            Assert.Equal("Every row has the label \"7\" in column \"Label\"; a classifier needs at least two classes.",
                Assert.Throws<DigitMLException>(() => Pipeline(Short with { Epochs = 1 }).Fit(rows)).Message);
        }
    }

    [Fact]
    public void Options_without_a_value_are_refused()
    {
        Assert.Throws<ArgumentNullException>("options.Observers", () => Pipeline(Short with { Observers = null! }));
        Assert.Throws<ArgumentNullException>("options.LabelColumnName", () => Pipeline(Short with { LabelColumnName = null! }));
        Assert.Throws<ArgumentNullException>("options.FeatureColumnName", () => Pipeline(Short with { FeatureColumnName = null! }));
    }

    [Fact]
    public void A_value_that_is_no_pixel_is_told()
    {
        IDataView halves = context.Transforms.NormalizeDigits().Append(context.Transforms.Expression("Pixels", "x => x / 3", "Pixels")).Append(context.Transforms.MapDigitLabels()).Fit(Training).Transform(Training);
        string message = Assert.Throws<DigitMLException>(() => context.MulticlassClassification.Trainers.DigitCnn(Short).Fit(halves)).Message;
        Assert.Matches(@"^Row \d+ of column ""Pixels"" has \d+\.\d+ in slot \d+; pixels are whole numbers from 0 to 255", message);
    }

    [Fact]
    public void Cancelling_ends_the_fit()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var stopped = Assert.Throws<TrainingCancelledException>(() => Pipeline(Short with { Cancellation = source.Token }).Fit(Training));
        Assert.Equal(("Stopped after epoch 0 of 6.", 0, 6, StopReason.Cancelled), (stopped.Message, stopped.EpochsDone, stopped.Epochs, Assert.Single(stopped.TrainingResults).StopReason));
        Assert.IsAssignableFrom<OperationCanceledException>(stopped);
    }

    private sealed class Odd
    {
        public string Label { get; set; } = "1";

        public float One { get; set; }

        public float[] Free { get; set; } = [];

        [VectorType(4)]
        public double[] Doubles { get; set; } = new double[4];
    }

    private EstimatorChain<DigitCnnTransformer> Pipeline(DigitCnnOptions options) =>
        context.Transforms.MapDigitLabels().Append(context.MulticlassClassification.Trainers.DigitCnn(options));

    private static DigitCnnTransformer Cnn(ITransformer chain) => ((IEnumerable<ITransformer>)chain).SelectMany(Flat).OfType<DigitCnnTransformer>().Single();

    private static IEnumerable<ITransformer> Flat(ITransformer transformer) =>
        transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flat) : [transformer];

    private static byte[] Bytes(DigitModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
