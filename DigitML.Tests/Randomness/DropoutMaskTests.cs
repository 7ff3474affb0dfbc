using DigitML.Engine.Randomness;

namespace DigitML.Tests.Randomness;

public class DropoutMaskTests
{
    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.25f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void The_share_of_dropped_values_is_the_rate(float rate)
    {
        const int N = 100_000;
        double deviation = Math.Sqrt(rate * (1 - rate) / N);
        for (int step = 0; step < 3; step++)
        {
            bool[] dropped = Draw(new DropoutMask(rate, seed: 7, step, layerIndex: 3), N);
            Assert.InRange(dropped.Count(d => d) / (double)N, rate - 5 * deviation, rate + 5 * deviation);
        }
    }

    [Fact]
    public void Kept_values_are_scaled_so_that_the_mean_stays()
    {
        Assert.Equal(2f, new DropoutMask(0.5f, 1, 0, 0).KeepScale);
        Assert.Equal(1f / 0.75f, new DropoutMask(0.25f, 1, 0, 0).KeepScale);
    }

    [Fact]
    public void A_rate_of_0_drops_nothing()
    {
        var mask = new DropoutMask(0, seed: 1, step: 2, layerIndex: 3);
        Assert.DoesNotContain(true, Draw(mask, 100_000));
        Assert.Equal(1f, mask.KeepScale);
    }

    [Fact]
    public void Other_seeds_steps_and_layers_drop_other_values()
    {
        const int N = 20_000;
        bool[] one = Draw(new DropoutMask(0.5f, 1, 1, 1), N);
        Assert.Equal(one, Draw(new DropoutMask(0.5f, 1, 1, 1), N));
        DropoutMask[] others = [new(0.5f, 2, 1, 1), new(0.5f, 1, 2, 1), new(0.5f, 1, 1, 2), new(0.5f, 1, (1L << 32) + 1, 1),
            new(0.5f, (1UL << 40) + 1, 1, 1)];
        foreach (DropoutMask other in others)
        {
            int same = one.Zip(Draw(other, N)).Count(pair => pair.First == pair.Second);
            Assert.InRange(same / (double)N, 0.48, 0.52); // independent masks agree in half of the places
        }
    }

    [Fact]
    public void Neighbours_in_any_direction_are_dropped_independently()
    {
        const int N = 50_000;
        bool[] dropped = Draw(new DropoutMask(0.5f, 3, 17, 5), N);
        foreach (int distance in (int[])[1, 2, 16, 28, 784, 1024])
        {
            int both = Enumerable.Range(0, N - distance).Count(i => dropped[i] && dropped[i + distance]);
            Assert.InRange(both / (double)(N - distance), 0.24, 0.26);
        }
    }

    private static bool[] Draw(DropoutMask mask, int count) => [.. Enumerable.Range(0, count).Select(i => mask.IsDropped((uint)i))];
}
