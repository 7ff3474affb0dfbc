using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

public class DatasetSplitTests
{
    // Row r has the pixel r and the label r % 10 == 0 ? "b" : "a": 90 of a, 10 of b.
    private static readonly DigitDataset Hundred = new(
        "hundred.csv", 1, 1, [.. Enumerable.Range(0, 100).Select(row => (byte)row)], [.. Enumerable.Range(0, 100).Select(row => row % 10 == 0 ? 1 : 0)], new LabelMap(["a", "b"]));

    [Fact]
    public void Parts_are_disjoint_complete_and_in_the_order_of_the_rows()
    {
        (DigitDataset training, DigitDataset validation) = DatasetSplit.ByFraction(Hundred, 0.2, seed: 1);

        Assert.Equal((80, 20), (training.Count, validation.Count));
        Assert.Equal(Hundred.Pixels, training.Pixels.Concat(validation.Pixels).Order());
        Assert.Equal(training.Pixels.Order(), training.Pixels);
        Assert.Equal(validation.Pixels.Order(), validation.Pixels);
        Assert.All(Enumerable.Range(0, 20), row => Assert.Equal(validation.Pixels[row] % 10 == 0 ? 1 : 0, validation.Labels[row]));
        Assert.Equal(("hundred.csv (training rows)", "hundred.csv (validation rows)"), (training.Name, validation.Name));
    }

    [Theory]
    [InlineData(20, 18, 2)]
    [InlineData(25, 23, 2)]
    [InlineData(26, 23, 3)]
    [InlineData(1, 1, 0)]
    [InlineData(98, 89, 9)]
    public void Every_class_is_taken_in_proportion_by_largest_remainder(int count, int ofA, int ofB)
    {
        (_, DigitDataset validation) = DatasetSplit.ByCount(Hundred, count, seed: 1);

        Assert.Equal((ofA, ofB), (validation.Labels.Count(key => key == 0), validation.Labels.Count(key => key == 1)));
    }

    [Fact]
    public void The_seed_decides_which_rows()
    {
        byte[] first = DatasetSplit.ByCount(Hundred, 20, seed: 1).Validation.Pixels;

        Assert.Equal(first, DatasetSplit.ByCount(Hundred, 20, seed: 1).Validation.Pixels);
        Assert.NotEqual(first, DatasetSplit.ByCount(Hundred, 20, seed: 2).Validation.Pixels);
    }

    [Fact]
    public void Rows_are_taken_from_all_over_the_dataset()
    {
        byte[] pixels = DatasetSplit.ByCount(Hundred, 20, seed: 1).Validation.Pixels;

        Assert.Contains(pixels, pixel => pixel < 30);
        Assert.Contains(pixels, pixel => pixel >= 70);
    }

    [Fact]
    public void A_class_of_one_row_stays_in_training()
    {
        var dataset = new DigitDataset("few.csv", 1, 1, [1, 2, 3, 4], [0, 1, 1, 1], new LabelMap(["a", "b", "none"]));

        (DigitDataset training, DigitDataset validation) = DatasetSplit.ByCount(dataset, 2, seed: 3);

        Assert.Equal(2, validation.Labels.Count(key => key == 1));
        Assert.Contains(0, training.Labels);
    }

    [Fact]
    public void No_validation_rows_are_possible()
    {
        (DigitDataset training, DigitDataset validation) = DatasetSplit.ByFraction(Hundred, 0, seed: 1);

        Assert.Equal((100, 0), (training.Count, validation.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_fraction_out_of_range_is_told(double fraction) => Assert.Equal(
        $"The validation fraction is {fraction}; it must be at least 0 and below 1.",
        Assert.Throws<DigitMLException>(() => DatasetSplit.ByFraction(Hundred, fraction, seed: 1)).Message);

    [Theory]
    [InlineData(99)]
    [InlineData(-1)]
    public void Rows_that_cannot_be_spared_are_told(int count) => Assert.Equal(
        $"hundred.csv: {count} of 100 rows cannot be held out for validation; 0 to 98 can, as every class needs a training row.",
        Assert.Throws<DigitMLException>(() => DatasetSplit.ByCount(Hundred, count, seed: 1)).Message);

    [Fact]
    public void Rows_without_a_label_are_told()
    {
        var dataset = new DigitDataset("test.csv", 1, 1, [1, 2], [0, DigitDataset.NoLabel], new LabelMap(["a"]));

        Assert.Equal(
            "test.csv: row 2 has no label; only labelled rows can be split for training and validation.",
            Assert.Throws<DigitMLException>(() => DatasetSplit.ByCount(dataset, 0, seed: 1)).Message);
    }
}
