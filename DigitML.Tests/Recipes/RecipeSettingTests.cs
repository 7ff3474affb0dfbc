using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Networks;

namespace DigitML.Tests.Recipes;

public class RecipeSettingTests
{
    private static readonly Recipe Compact = RecipeCatalog.Get("compact");

    [Fact]
    public void A_value_goes_to_its_place_and_nowhere_else()
    {
        Recipe changed = Set("training.batchSize=50");
        Assert.Equal(50, changed.Training.BatchSize);
        Assert.Equal(StrictJson.Write(Compact), StrictJson.Write(changed with { Training = changed.Training with { BatchSize = Compact.Training.BatchSize } }));
        Assert.Equal(9, ((Conv2D)Set("layers[3].filters=9").Layers[3]).Filters);
        Assert.Equal(PixelScaling.Unit, Set("normalization=unit").Normalization);
        Assert.Equal(0.25f, ((Dropout)Set("layers[1]={\"type\":\"Dropout\",\"rate\":0.25}").Layers[1]).Rate);
        Assert.Null(Set("training.augmentation=null").Training.Augmentation);
    }

    [Fact]
    public void What_the_recipe_does_without_is_made()
    {
        Recipe changed = new RecipeSetting("training.augmentation.zoom", "0.2").Apply(RecipeCatalog.Get("kaggle-cnn"));
        Assert.Equal((0.2f, 0), (changed.Training.Augmentation!.Zoom, changed.Training.Augmentation.ShiftPixels));
    }

    [Theory]
    [InlineData("training.batchsize=50", "training.batchsize is not known here; there can be epochs, batchSize, optimizer, ")]
    [InlineData("training.batchSize.rows=50", "128 has no property rows.")]
    [InlineData("layers[99].filters=8", "[99] is not an item of the list; its items are [0] to [17].")]
    [InlineData("layers.0=8", "0 is not an item of the list; its items are [0] to [17].")]
    [InlineData("training.batchSize=many", "training.batchSize is \"many\"; ")]
    [InlineData("training.batchSize=0", "training.batchSize is 0; a minibatch holds at least 1 row.")]
    [InlineData("training.learningRate.peakRate=-1", "training.learningRate.peakRate is -1; ")]
    public void What_does_not_suit_is_refused_in_one_line(string text, string reason)
    {
        string message = Assert.Throws<DigitMLException>(() => Set(text)).Message;
        Assert.StartsWith($"--set {text}: {reason}", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("a=1,2", new[] { "1", "2" })]
    [InlineData("a=[1,2],[3]", new[] { "[1,2]", "[3]" })]
    [InlineData("a={\"b\":1,\"c\":2},null", new[] { "{\"b\":1,\"c\":2}", "null" })]
    [InlineData("a=\"x,y\",z", new[] { "\"x,y\"", "z" })]
    [InlineData("a", new string[0])]
    [InlineData("=1", new string[0])]
    public void Several_values_are_split_at_the_outer_commas(string text, string[] values) =>
        Assert.Equal(values, RecipeSetting.ParseSeveral(text).Select(setting => setting.Value));

    private static Recipe Set(string text) => RecipeSetting.Parse(text)!.Apply(Compact);
}
