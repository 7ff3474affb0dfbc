using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Evaluation;

public class McNemarTestTests
{
    // Two-sided binomial probabilities, by hand: 2 · (C(n,0) + ... + C(n,k)) / 2^n.
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(5, 0, 2.0 / 32)]
    [InlineData(0, 6, 2.0 / 64)]
    [InlineData(2, 8, 2.0 * (1 + 10 + 45) / 1024)]
    [InlineData(5, 5, 1)]
    [InlineData(4, 5, 1)]
    public void The_probability_is_the_exact_binomial_one(int onlyFirst, int onlySecond, double p)
    {
        Assert.Equal(p, new McNemarTest(onlyFirst, onlySecond).PValue, 12);
        Assert.Equal(p, new McNemarTest(onlySecond, onlyFirst).PValue, 12);
    }

    // The normal approximation: 2000 discordant rows, 2.2 standard deviations apart, with half a row of continuity.
    [Fact]
    public void Many_rows_neither_overflow_nor_vanish() => Assert.InRange(new McNemarTest(950, 1050).PValue, 0.0265, 0.0275);
}
