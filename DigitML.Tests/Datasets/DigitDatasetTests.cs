using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Datasets;

public class DigitDatasetTests
{
    private static readonly DigitDataset Three = new("three.csv", 1, 2, [1, 2, 3, 4, 5, 6], [0, 1, DigitDataset.NoLabel], new LabelMap(["a", "b"]));

    [Fact]
    public void An_image_is_the_pixels_of_its_row() => Assert.Equal([3, 4], Three.Image(1).ToArray());

    [Fact]
    public void A_dataset_is_labelled_when_every_row_is()
    {
        Assert.False(Three.IsLabelled);
        Assert.True(Three.Subset("two", [0, 1]).IsLabelled);
        Assert.Equal(3, Three.Count);
    }

    [Fact]
    public void A_subset_copies_the_rows_in_the_order_asked_for()
    {
        DigitDataset subset = Three.Subset("some", [2, 0, 2]);
        Assert.Equal([5, 6, 1, 2, 5, 6], subset.Pixels);
        Assert.Equal([DigitDataset.NoLabel, 0, DigitDataset.NoLabel], subset.Labels);
        Assert.Equal(("some", 1, 2), (subset.Name, subset.Height, subset.Width));
        Assert.Same(Three.LabelMap, subset.LabelMap);
        Assert.Equal(0, Three.Subset("none", []).Count);
    }

    [Fact]
    public void Pixels_that_do_not_fit_the_rows_are_refused() => Assert.StartsWith(
        "2 rows of 2x2 need 8 pixels, not 7.",
        Assert.Throws<ArgumentException>(() => new DigitDataset("d", 2, 2, new byte[7], [0, 0], new LabelMap(["a"]))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Unit_normalisation_gives_0_to_1()
    {
        Assert.Equal(0f, PixelNormalization.Unit.Apply(0));
        Assert.Equal(1f, PixelNormalization.Unit.Apply(255), 6);
        Assert.Equal(0.2f, PixelNormalization.Unit.Apply(51), 6);
    }

    [Fact]
    public void Standard_normalisation_gives_the_mean_0_and_the_deviation_1()
    {
        byte[] pixels = [0, 0, 0, 255, 100, 40, 7, 255];
        var normalization = PixelNormalization.Standard(new DigitDataset("d", 2, 2, pixels, [0, 0], new LabelMap(["a"])));
        double[] values = [.. pixels.Select(p => (double)normalization.Apply(p))];
        Assert.Equal(0, values.Average(), 6);
        Assert.Equal(1, values.Average(v => v * v), 5);
    }

    [Fact]
    public void Images_without_contrast_are_refused()
    {
        var blank = new DigitDataset("blank.csv", 1, 2, [9, 9, 9, 9], [0, 0], new LabelMap(["a"]));
        Assert.Equal(
            "blank.csv: all pixels have the value 9; there is nothing to train on.",
            Assert.Throws<DigitMLException>(() => PixelNormalization.Standard(blank)).Message);
    }
}
