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
        Assert.Equal(["1e-5", "1e-4", "0.001", "0.01", "0.1", "1"], Ticks(AxisScale.Logarithmic([1e-5, 1], 0, 1)));
    }

    [Fact]
    public void Epochs_have_whole_ticks()
    {
        Assert.Equal(["1", "2", "3"], Ticks(AxisScale.Whole(1, 3, 0, 1)));
        Assert.Equal(["5", "10", "15", "20"], Ticks(AxisScale.Whole(1, 20, 0, 1)));
        Assert.Equal(["1"], Ticks(AxisScale.Whole(1, 1, 0, 1)));
    }

    [Fact]
    public void Small_learning_rates_have_an_exponent()
    {
        Assert.Equal(["0", "2e-7", "4e-7", "6e-7", "8e-7"], Ticks(AxisScale.Linear([7e-7, 0], 0, 1)));
        Assert.Equal(["0.000", "0.002", "0.004"], Ticks(AxisScale.Linear([0, 0.004], 0, 1)).Where((_, i) => i % 2 == 0));
    }

    [Fact]
    public void One_epoch_is_in_the_middle() => Assert.Equal(50, AxisScale.Whole(1, 1, 0, 100).At(1));

    [Fact]
    public void Zeros_have_a_tick_of_their_own_below_the_smallest_value()
    {
        AxisScale axis = AxisScale.Logarithmic([0, 0.002, 0.01], 100, 0);
        Assert.Equal(["0", "0.002", "0.005", "0.01"], Ticks(axis));
        Assert.Equal(100, axis.At(0));
        Assert.InRange(axis.At(0.002), 1, 99);
        Assert.Equal(["0", "0.01"], Ticks(AxisScale.Logarithmic([0, 0], 0, 1)).Where((_, i) => i != 1));
    }

    [Theory]
    [InlineData(new[] { 0.12, 0.004 }, "0.2 % 0.5 % 1 % 2 % 5 % 10 % 20 %", "99.8 % 99.5 % 99 % 98 % 95 % 90 % 80 %")]
    [InlineData(new[] { 0.9, 0.0007 }, "0.1 % 1 % 10 % 100 %", "99.9 % 99 % 90 % 0 %")]
    [InlineData(new[] { 0.01, 0 }, "0 % 0.5 % 1 %", "100 % 99.5 % 99 %")]
    public void Error_rates_have_percentages_with_their_accuracies(double[] values, string errors, string accuracies)
    {
        AxisScale axis = ValueAxis.ErrorRate.ScaleOf(values, 100, 0);
        Assert.Equal(errors, string.Join(' ', axis.Ticks.Select(tick => ValueAxis.ErrorRate.TickText(axis, tick))));
        Assert.Equal(accuracies, string.Join(' ', axis.Ticks.Select(tick => ValueAxis.ErrorRate.AccuracyText(axis, tick))));
    }

    private static IEnumerable<string> Ticks(AxisScale axis) => axis.Ticks.Select(axis.Text);
}
