using DigitML.Experiments.Search;

namespace DigitML.Tests.Search;

public class TimeBudgetTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("90", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1h1m1s", 3661)]
    public void A_time_is_read(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), TimeBudget.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0m")]
    [InlineData("ten")]
    [InlineData("10 m")]
    [InlineData("-10m")]
    [InlineData("1.5m")]
    [InlineData("10m1h")]
    [InlineData("99999999999s")]
    public void What_is_no_time_is_not(string text) => Assert.Null(TimeBudget.Parse(text));
}
