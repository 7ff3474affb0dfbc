using DigitML.Experiments.Summaries;
using DigitML.Model.Files;

namespace DigitML.Tests.Summaries;

public class NumberTextTests
{
    [Theory]
    [InlineData(0.996, "99.60 %")]
    [InlineData(1, "100.00 %")]
    [InlineData(0, "0.00 %")]
    [InlineData(59_999 / 60_000.0, "99.998 %")]
    [InlineData(1 / 60_000.0, "0.002 %")]
    public void Shares_are_percentages_that_round_to_0_or_100_only_if_they_are(double share, string text) => Assert.Equal(text, NumberText.Percent(share));

    [Theory]
    [InlineData(7e-7, "7e-7")]
    [InlineData(0.00012346, "1.235e-4")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.25, "0.25")]
    [InlineData(0, "0")]
    public void Small_numbers_have_an_exponent(double value, string text) => Assert.Equal(text, NumberText.Short(value));

    [Fact]
    public void Counts_have_a_noun_in_the_right_number() =>
        Assert.Equal(["0 rows", "1 row", "2,000 rows"], new[] { 0, 1, 2000 }.Select(count => DisplayText.Count(count, "row")));

    [Fact]
    public void Durations_have_sensible_digits() =>
        Assert.Equal(["0.8 s", "10 s", "42 s", "1:05 min", "2:03:04 h"], new[] { 0.8, 9.97, 42.4, 65, 7384 }.Select(NumberText.Duration));
}
