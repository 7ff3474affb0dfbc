using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Networks;
using DigitML.Model;
using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Recipes;

/// <summary>Recipes whose layers need larger images than the data has.</summary>
public class SmallImageTests
{
    public static TheoryData<string, int> RecipesAndSides => new(RecipeCatalog.Names.SelectMany(name => new[] { 1, 2, 5, 8, 16, 20 }, (name, side) => (name, side)));

    [Theory]
    [MemberData(nameof(RecipesAndSides))]
    public void Every_recipe_fits_small_images(string name, int side)
    {
        foreach (Recipe member in RecipeCatalog.Get(name).Members)
        {
            Network network = member.BuildNetwork(side, side, 10);
            Assert.Equal((Shape.Image(side, side, 1), 10), (network.InputShape, network.ClassCount));
            if (network.Layers[0].Layer is Resizing scaled) Assert.Equal(new Resizing(28, 28), scaled);
            else Assert.Equal(member.Layers.Length, network.Layers.Length);
        }
    }

    [Fact]
    public void A_recipe_that_fits_is_left_as_it_is()
    {
        Assert.IsType<Conv2D>(RecipeCatalog.Get("compact").BuildNetwork(28, 28, 10).Layers[0].Layer);
        Assert.IsNotType<Resizing>(RecipeCatalog.Get("keras-cnn").BuildNetwork(16, 16, 10).Layers[0].Layer);
    }

    [Fact]
    public void Only_the_shorter_sides_are_scaled() =>
        Assert.Equal(new Resizing(28, 40), RecipeCatalog.Get("compact").BuildNetwork(8, 40, 10).Layers[0].Layer);

    [Fact]
    public void A_recipe_that_needs_more_is_refused_for_its_own_reason()
    {
        var huge = RecipeCatalog.Get("compact") with { Layers = [new Conv2D(4, 40), new Flatten(), new Dense(10)] };
        Assert.StartsWith("Layer 1 (conv2d): Conv2D has a window of 40x40 but its padded input is 8x8;", Assert.Throws<DigitMLException>(() => huge.BuildNetwork(8, 8, 10)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resizing_is_a_first_layer() => Assert.Equal(
        "Layer 2 (resizing): Resizing can only be the first layer of a network.",
        Assert.Throws<DigitMLException>(() => new Network("late", Shape.Image(8, 8, 1), [new ReLU(), new Resizing(28, 28), new Flatten()])).Message);

    [Fact]
    public void The_model_file_takes_images_of_the_original_size()
    {
        using var data = new SmallData();
        string file = data.In("small.csv"), folder = data.In("small");
        File.WriteAllText(file, $"label,{string.Join(',', Enumerable.Range(0, 64).Select(pixel => $"pixel{pixel}"))}\n{string.Concat(Enumerable.Range(0, 40).Select(row => $"{row % 2},{string.Join(',', Enumerable.Range(0, 64).Select(pixel => row * pixel % 256))}\n"))}");
        ConsoleRun run = ConsoleRun.OnCpu("train", "--recipe", "tiny", "--epochs", "1", "--data", file, "--out", folder);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("\n  scaling:     images of 8x8 are scaled to 28x28 by the network\n", run.Error, StringComparison.Ordinal);
        using var classifier = DigitClassifier.Load(Path.Combine(folder, "model.onnx"));
        Assert.Equal((8, 8), (classifier.Height, classifier.Width));
        Assert.Equal(2, classifier.Predict(new byte[64]).Scores.Length);
        Assert.IsType<Resizing>(DigitModel.Load(Path.Combine(folder, "model.onnx")).Network.Layers[0].Layer);
    }
}
