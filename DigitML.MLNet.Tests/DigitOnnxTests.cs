using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace DigitML.MLNet.Tests;

public sealed class DigitOnnxTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digitml-onnx-").FullName;
    private readonly MLContext context = new(seed: 1);

    private string ModelFile => Path.Combine(folder, "model.onnx");

    private string Zip => Path.Combine(folder, "pipeline.zip");

    [Fact]
    public void A_trained_network_is_saved_and_loaded_in_the_zip()
    {
        var options = new DigitCnnOptions { Recipe = RecipeCatalog.Get("tiny"), Epochs = 4, Seed = 3, LearningRate = 0.05f, BatchSize = 32 };
        IDataView training = context.Data.LoadDigits(Digits.Rows(0, 1500)), test = context.Data.LoadDigits(Digits.Rows(1500, 300));
        TransformerChain<DigitCnnTransformer> trained = context.Transforms.MapDigitLabels().Append(context.MulticlassClassification.Trainers.DigitCnn(options)).Fit(training);
        trained.LastTransformer.SaveAsOnnx(ModelFile);
        context.Model.Save(context.Transforms.ApplyDigitModel(ModelFile).Fit(training), training.Schema, Zip);
        File.Delete(ModelFile);

        var other = new MLContext();
        other.ComponentCatalog.RegisterAssembly(typeof(DigitOnnx).Assembly);
        ITransformer loaded = other.Model.Load(Zip, out _);
        IDataView read = loaded.Transform(other.Transforms.MapDigitLabels(trained.LastTransformer.Model).Fit(test).Transform(test)), expected = trained.Transform(test);
        float[][] scores = [.. read.GetColumn<float[]>("Score")], expectedScores = [.. expected.GetColumn<float[]>("Score")];
        for (int row = 0; row < scores.Length; row++)
        {
            for (int key = 0; key < 10; key++) Assert.Equal(expectedScores[row][key], scores[row][key], 1e-5f);
        }

        Assert.Equal(expected.GetColumn<uint>("PredictedLabel"), read.GetColumn<uint>("PredictedLabel"));
        MulticlassClassificationMetrics metrics = other.MulticlassClassification.Evaluate(read), expectedMetrics = context.MulticlassClassification.Evaluate(expected);
        Assert.Equal(expectedMetrics.MicroAccuracy, metrics.MicroAccuracy);
        Assert.Equal(expectedMetrics.LogLoss, metrics.LogLoss, 1e-5);
        Assert.Equal(expectedMetrics.ConfusionMatrix.GetFormattedConfusionTable(), metrics.ConfusionMatrix.GetFormattedConfusionTable());
    }

    [Fact]
    public void A_prediction_engine_gives_the_labels_of_the_classifier()
    {
        DigitClassifier classifier = DigitClassifier.Default;
        using (var stream = File.Create(ModelFile)) classifier.Model.Save(stream);
        IDataView rows = context.Data.LoadDigits(Digits.Rows(0, 50));
        TransformerChain<KeyToValueMappingTransformer> model = context.Transforms.ApplyDigitModel(ModelFile).Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows);
        Assert.Equal(["Label", "Pixels", "Score", "PredictedLabel"], model.GetOutputSchema(rows.Schema).Where(column => !column.IsHidden).Select(column => column.Name));
        using PredictionEngine<Input, Output> engine = context.Model.CreatePredictionEngine<Input, Output>(model);
        for (int row = 0; row < 50; row++)
        {
            byte[] image = Digits.Rows(row, 1).Image(0).ToArray();
            Output read = engine.Predict(new Input { Pixels = image });
            DigitPrediction expected = classifier.Predict(image);
            Assert.Equal(expected.Label, read.PredictedLabel);
            Assert.Equal(expected.Score, read.Score[expected.Key], 1e-5f);
        }
    }

    [Fact]
    public void Floats_of_another_scale_are_refused()
    {
        using (var stream = File.Create(ModelFile)) DigitClassifier.Default.Model.Save(stream);
        IDataView rows = context.Data.LoadDigits(Digits.Rows(0, 5)), divided = context.Transforms.NormalizeDigits().Fit(rows).Transform(rows);
        Assert.Equal("An image has fractions but no pixel above 1; pixels must be from 0 (background) to 255 (ink): multiply them by 255.",
            Refusal(divided));
        IDataView doubled = context.Transforms.Conversion.ConvertType("Pixels", outputKind: DataKind.Single).Append(context.Transforms.Expression("Pixels", "x => x * 2", "Pixels")).Fit(rows).Transform(rows);
        Assert.Matches(@"^An image has \d+ in slot \d+; a pixel must be a number from 0 to 255\.$",
            Refusal(doubled));

        // ML.NET scores on several threads and wraps what they throw.
        string Refusal(IDataView floats) => Assert.IsType<DigitMLException>(Record.Exception(
            () => context.Transforms.ApplyDigitModel(ModelFile).Fit(floats).Transform(floats).GetColumn<uint>("PredictedLabel").Count())?.GetBaseException()).Message;
    }

    [Fact]
    public void A_file_that_is_no_model_is_told()
    {
        File.WriteAllText(ModelFile, "no model");
        Assert.Contains(ModelFile, Assert.Throws<DigitMLException>(() => context.Transforms.ApplyDigitModel(ModelFile)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
