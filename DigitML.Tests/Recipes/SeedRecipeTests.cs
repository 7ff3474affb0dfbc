using System.Globalization;
using DigitML.Data.Recipes;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Recipes;

/// <summary>The recipes that do what five public systems (S0 to S4) do, held to what those are known for.</summary>
public class SeedRecipeTests(SmallData data) : IClassFixture<SmallData>
{
    private const string S0 = "kaggle-cnn", S1 = "relu-softmax-cnn", S2 = "tensorflow-cnn", S3 = "keras-cnn", S4 = "all-conv-13904";

    /// <summary>S0 to S4 are names of these tests, which no user knows.</summary>
    [Fact]
    public void Descriptions_are_in_the_users_words() =>
        Assert.All(RecipeCatalog.Names, name => Assert.DoesNotMatch(@"\bS\d\b", RecipeCatalog.Get(name).Description));

    [Fact]
    public void S1_has_rectifiers_everywhere_a_softmax_output_and_Adam_at_a_ten_thousandth()
    {
        Recipe recipe = RecipeCatalog.Get(S1);
        Layer[] layers = [.. recipe.Layers];
        Assert.All(layers.Index().Where(at => at.Item is Conv2D || at.Item is Dense && at.Index < layers.Length - 2), at => Assert.IsType<ReLU>(layers[at.Index + 1]));
        Assert.IsType<Softmax>(layers[^1]);
        Assert.Equal((new Adam(), new Constant(0.0001f)), ((Adam)recipe.Training.Optimizer, (Constant)recipe.Training.LearningRate));
        Assert.Equal(0, recipe.Training.LabelSmoothing);
    }

    [Fact]
    public void S3_has_the_parameters_of_its_layer_table() => Assert.Equal(
        [832, 25_632, 18_496, 36_928, 803_072, 2_570],
        RecipeCatalog.Get(S3).BuildNetwork(28, 28, 10).Layers.Select(layer => layer.ParameterCount).Where(count => count > 0));

    [Fact]
    public void S4_keeps_its_four_conditions_with_its_very_number_of_parameters()
    {
        Recipe recipe = RecipeCatalog.Get(S4);
        Network network = recipe.BuildNetwork(28, 28, 10);
        Assert.Equal((13_712, 192), (network.TrainableParameterCount, network.NonTrainableParameterCount));
        Assert.DoesNotContain(recipe.Layers, layer => layer is Dense or Conv2D { UseBias: true });
        Assert.Equal(20, recipe.Training.Epochs);
    }

    [Fact]
    public void S4_shows_its_learning_rate_after_every_epoch()
    {
        Assert.Equal(new InverseTime(0.003f, 0.319f), RecipeCatalog.Get(S4).Training.LearningRate);
        ConsoleRun run = ConsoleRun.OnCpu("train", "--data", data.Train, "--recipe", S4, "--epochs", "6", "--threads", "1", "--out", data.In("s4"));
        string[] rates = [.. Enumerable.Range(0, 6).Select(epoch => 0.003 / (1 + 0.319 * epoch)).Select(Text)];
        Assert.Equal(rates, run.Error.Split('\n').Where(line => line.Contains(" - accuracy: ", StringComparison.Ordinal)).Select(line => line.Split("learning_rate: ")[1]));

        static string Text(double rate) => rate.ToString("F4", CultureInfo.InvariantCulture);
    }
}
