using DigitML.Experiments.Runs;

namespace DigitML.Tests.EndToEnd;

public class RunInputsTests
{
    [Theory]
    [InlineData(1_000, 10, null, 100)]
    [InlineData(100_000, 10, null, 5_000)]
    [InlineData(100, 95, null, 5)]
    [InlineData(100, 100, null, 10)]
    [InlineData(5, 2, null, 0)]
    [InlineData(100, 95, 0.2, 20)]
    public void By_default_every_class_keeps_a_row_for_training(int rows, int classes, double? fraction, int expected) =>
        Assert.Equal(expected, RunInputs.RowsHeldOut(rows, classes, fraction));
}
