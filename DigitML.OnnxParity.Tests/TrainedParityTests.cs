using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Model.Contents;

namespace DigitML.OnnxParity.Tests;

/// <summary>
/// Trained models on real digits: batch norm and average pooling (<c>compact-9768</c>); padding, biases and dense layers (<c>keras-cnn</c>); two networks and five
/// positions of each image.
/// </summary>
public sealed class TrainedParityTests : IDisposable
{
    private const int TestDigits = 10_000, FewDigits = 1_000;

    private readonly string folder = Directory.CreateTempSubdirectory("digitml-parity-").FullName;

    [Theory]
    [InlineData("compact-9768")]
    [InlineData("keras-cnn")]
    public void A_trained_network_gives_the_labels_and_scores_of_ONNX_Runtime_on_1_000_digits(string recipe) =>
        HoldsOn(FewDigits, [Trained(recipe, FewDigits, epochs: 3)]);

    [Theory(Explicit = true)]
    [InlineData("compact-9768")]
    [InlineData("keras-cnn")]
    public void A_trained_network_gives_the_labels_and_scores_of_ONNX_Runtime_on_all_test_digits(string recipe) =>
        HoldsOn(TestDigits, [Trained(recipe, TestDigits, epochs: 1)]);

    [Fact]
    public void Two_networks_and_five_positions_give_the_labels_and_scores_of_ONNX_Runtime_on_200_digits() =>
        HoldsOn(200, [Trained("tiny", FewDigits, epochs: 3), Trained("compact-9768", FewDigits, epochs: 3)], testTimeShift: 1);

    [Fact(Explicit = true)]
    public void Two_networks_and_five_positions_give_the_labels_and_scores_of_ONNX_Runtime_on_all_test_digits() =>
        HoldsOn(TestDigits, [Trained("compact-9768", TestDigits, epochs: 1), Trained("keras-cnn", TestDigits, epochs: 1)], testTimeShift: 1);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void HoldsOn(int count, ModelMember[] members, int testTimeShift = 0)
    {
        string path = Path.Combine(folder, "model.onnx");
        var model = new DigitModel(members, RandomModels.LabelsOf(10), testTimeShift);
        model.Save(path);
        Images digits = Images.TestDigits(count);
        float[] scores = ModelParity.Holds(path, digits);

        // Of a network that has learnt nothing, the scores of all digits are alike.
        int right = scores.Chunk(10).Zip(digits.Labels).Count(image => TopPrediction.Of(model.Labels, image.First).Label == image.Second);
        Assert.True(right > 0.5 * count, $"The trained model reads {right} of {count} digits.");
    }

    // The rows are test digits: that ONNX Runtime agrees is asked for here, not how well the model reads new ones.
    private static ModelMember Trained(string name, int rows, int epochs)
    {
        Recipe recipe = RecipeCatalog.Get(name);
        DigitDataset digits = DigitFiles.Read(Images.DataFile("mnist-test.csv.gz"));
        DigitDataset training = digits.Subset("training", [.. Enumerable.Range(0, rows)]), validation = digits.Subset("validation", [.. Enumerable.Range(0, 100)]);
        using var device = new CpuDevice();
        Network network = recipe.BuildNetwork(training.Height, training.Width, training.LabelMap.Count);
        PixelNormalization normalization = recipe.NormalizationFor(training);
        var options = new FitOptions { Normalization = normalization, Validation = validation };
        TrainingResult result = new Trainer(device).Fit(network, training, recipe.Training with { Epochs = epochs }, options);
        Assert.Equal(RandomModels.LabelsOf(10).Labels, training.LabelMap.Labels);
        return new ModelMember(result.Weights, normalization);
    }
}
