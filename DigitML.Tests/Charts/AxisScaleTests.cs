using DigitML.Experiments.Charts;

namespace DigitML.Tests.Charts;

public class AxisScaleTests
{
    [Theory]
    [InlineData(0.92, 0.998, new[] { "0.92", "0.94", "0.96", "0.98", "1.00" })]
    [InlineData(0, 1, new[] { "0.0", "0.2", "0.4", "0.6", "0.8", "1.0" })]
    [InlineData(3, 4870, new[] { "0", "1,000", "2,000", "3,000", "4,000", "5,000" })]
    [InlineData(-0.3, 0.2, new[] { "-0.3", "-0.2", "-0.1", "0.0", "0.1", "0.2" })]
    public void A_linear_axis_has_round_ticks_around_its_values(double low, double high, string[] ticks)
    {
        AxisScale axis = AxisScale.Linear([low, high], 0, 100);
        Assert.Equal(ticks, axis.Ticks.Select(axis.Text));
        Assert.Equal((0, 100), (axis.At(axis.Ticks[0]), axis.At(axis.Ticks[^1])));
        Assert.InRange(axis.At(low), 0, 100);
    }

    [Fact]
    public void One_value_is_inside_its_axis()
    {
        AxisScale axis = AxisScale.Linear([0.5, 0.5], 0, 100);
        Assert.InRange(axis.At(0.5), 20, 80);
        Assert.InRange(AxisScale.Linear([0], 0, 100).At(0), 20, 80);
    }

    [Fact]
    public void Equal_factors_are_equally_far_apart_on_a_logarithmic_axis()
    {
        AxisScale axis = AxisScale.Logarithmic([0.012, 0.31], 100, 0);
        Assert.Equal(["0.01", "0.02", "0.05", "0.1", "0.2", "0.5"], axis.Ticks.Select(axis.Text));
        Assert.Equal(axis.At(0.01) - axis.At(0.02), axis.At(0.1) - axis.At(0.2), 9);
        Assert.Equal(100, axis.At(0));
        Assert.Equal(["0.00001", "0.0001", "0.001", "0.01", "0.1", "1"], Ticks(AxisScale.Logarithmic([1e-5, 1], 0, 1)));
    }

    [Fact]
    public void Epochs_have_whole_ticks()
    {
        Assert.Equal(["1", "2", "3"], Ticks(AxisScale.Whole(1, 3, 0, 1)));
        Assert.Equal(["5", "10", "15", "20"], Ticks(AxisScale.Whole(1, 20, 0, 1)));
        Assert.Equal(["1"], Ticks(AxisScale.Whole(1, 1, 0, 1)));
    }

    private static IEnumerable<string> Ticks(AxisScale axis) => axis.Ticks.Select(axis.Text);
}
