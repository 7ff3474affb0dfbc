using DigitML.Data.Recipes;
using DigitML.Engine.Networks;
using DigitML.Model;

namespace DigitML.OnnxParity.Tests;

/// <summary>The model file of each recipe, with random weights.</summary>
public sealed class RecipeParityTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digitml-parity-").FullName;

    public static TheoryData<string> Recipes => [.. RecipeCatalog.Names];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Every_recipe_gives_the_scores_of_ONNX_Runtime(string name)
    {
        Recipe recipe = RecipeCatalog.Get(name);
        DigitModel model = RandomModels.Of(recipe.Members.Select(member => member.BuildNetwork(28, 28, 10)), seed: 1, recipe.TestTimeShift);
        float[] scores = ModelParity.Holds(Save(model), Images.TestDigits(30), batchSize: 30);
        AssertUndecided(scores, model);
    }

    [Theory]
    [InlineData("compact", 8, 8)]
    [InlineData("tiny", 5, 5)]
    [InlineData("best", 16, 9)]
    [InlineData("fast", 3, 11)]
    public void A_recipe_that_scales_small_images_gives_the_scores_of_ONNX_Runtime(string name, int height, int width)
    {
        Recipe recipe = RecipeCatalog.Get(name);
        DigitModel model = RandomModels.Of(recipe.Members.Select(member => member.BuildNetwork(height, width, 10)), seed: 1, recipe.TestTimeShift);
        Assert.Contains(model.Members, member => member.Network.Layers[0].Layer is Resizing);
        AssertUndecided(ModelParity.Holds(Save(model), Images.Random(20, height * width, seed: 2), batchSize: 7), model);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Batches_of_any_size_give_the_same_scores(int count)
    {
        var network = new Network("padded", Shape.Image(14, 13, 1),
        [
            new Conv2D(4, new Size2D(3, 2), Padding.Same), new BatchNorm(Epsilon: 1e-3f), new ReLU(), new Conv2D(6, 3, Padding.Of(0, 1, 2, 0), Stride: new Size2D(1, 2)), new ReLU(),
            new MaxPool2D(3, 2, Padding.Same), new AveragePool2D(2, 1, Padding.Of(1, 0, 0, 1)), new Flatten(), new Dense(9), new BatchNorm(), new ReLU(), new Dropout(0.5f), new Dense(26),
        ]);
        DigitModel model = RandomModels.Of([network], seed: 3);
        float[] scores = ModelParity.Holds(Save(model), Images.Random(count, 14 * 13, seed: count), batchSize: count);
        AssertUndecided(scores, model);
    }

    [Fact]
    public void Five_positions_of_an_image_and_two_networks_are_averaged_alike_in_batches_of_any_size()
    {
        Network[] networks = [.. new[] { "tiny", "kaggle-cnn" }.Select(name => RecipeCatalog.Get(name).BuildNetwork(28, 28, 10))];
        string path = Save(RandomModels.Of(networks, seed: 5, testTimeShift: 2));
        foreach (int batchSize in (int[])[1, 7, 20]) ModelParity.Holds(path, Images.TestDigits(20), batchSize);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Save(DigitModel model)
    {
        string path = Path.Combine(folder, "model.onnx");
        model.Save(path);
        return path;
    }

    // Scores of 0 and 1 alone would agree whatever the logits are.
    private static void AssertUndecided(float[] scores, DigitModel model)
    {
        float mean = scores.Chunk(model.Labels.Count).Average(image => image.Max());
        Assert.InRange(mean, 1.2f / model.Labels.Count, 0.98f);
    }
}
