using System.Text.RegularExpressions;
using DigitML.Engine.Randomness;

namespace DigitML.Tests.Randomness;

public class SeededRandomTests
{
    private const int Drawn = 3;

    /// <summary>The first outputs of SplitMix64 started at 1234567, as published with the algorithm's reference code.</summary>
    [Fact]
    public void Mix_is_the_finalizer_of_SplitMix64()
    {
        ulong state = 1234567;
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        foreach (ulong bits in expected) Assert.Equal(bits, SeededRandom.Mix(state += 0x9E3779B97F4A7C15));
    }

    [Fact]
    public void The_same_coordinates_give_the_same_stream_and_any_other_gives_another()
    {
        const RandomPurpose Purpose = RandomPurpose.SyntheticData;
        SeededRandom[] streams = [new(1, Purpose), new(2, Purpose), new(1, Purpose, 1), new(1, Purpose, 0, 1), new(1, Purpose, 2), new(2, Purpose, 1),
            new(1, Purpose, 1, 2), new(1, Purpose, 2, 1)];
        Assert.Equal(Draw(streams[0]), Draw(new SeededRandom(1, Purpose)));
        Assert.Equal(streams.Length * Drawn, streams.SelectMany(Draw).Distinct().Count());
    }

    [Fact]
    public void Streams_of_different_purposes_differ_at_the_same_seed_and_coordinates()
    {
        RandomPurpose[] purposes = Enum.GetValues<RandomPurpose>();
        var drawn = new HashSet<ulong>();
        int streams = 0;
        for (ulong seed = 0; seed < 8; seed++)
        {
            for (ulong first = 0; first < 8; first++)
            {
                for (ulong second = 0; second < 8; second++)
                {
                    foreach (RandomPurpose purpose in purposes) drawn.UnionWith(Draw(new SeededRandom(seed, purpose, first, second)));
                    streams += purposes.Length;
                }
            }
        }

        Assert.Equal(streams * Drawn, drawn.Count);
    }

    /// <summary>Two files that draw for one purpose would share numbers; made-up data may.</summary>
    [Fact]
    public void Each_purpose_is_used_in_one_file()
    {
        string[] files = [.. Directory.GetDirectories(RepositoryFolder.Path, "DigitML.*").Where(folder => !folder.EndsWith("Tests", StringComparison.Ordinal))
            .SelectMany(folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))];
        string[] sources = [.. files.Select(File.ReadAllText)];
        foreach (RandomPurpose purpose in Enum.GetValues<RandomPurpose>().Where(purpose => purpose != RandomPurpose.SyntheticData))
        {
            string[] users = [.. files.Where((_, i) => Regex.IsMatch(sources[i], $@"\bRandomPurpose\.{purpose}\b")).Select(file => Path.GetFileName(file))];
            Assert.True(users.Length == 1, $"{purpose} is used in {users.Length} files: {string.Join(", ", users)}");
        }
    }

    [Fact]
    public void Doubles_are_even_over_0_to_1()
    {
        var random = new SeededRandom(3, RandomPurpose.SyntheticData);
        var counts = new int[10];
        for (int i = 0; i < 100_000; i++)
        {
            double value = random.NextDouble();
            Assert.InRange(value, 0, 1 - 1e-17);
            counts[(int)(value * 10)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Doubles_of_a_range_stay_in_it()
    {
        var random = new SeededRandom(3, RandomPurpose.SyntheticData);
        double[] values = [.. Enumerable.Range(0, 10_000).Select(_ => random.NextDouble(-3, 5))];
        Assert.InRange(values.Min(), -3, -2.99);
        Assert.InRange(values.Max(), 4.99, 5);
    }

    [Fact]
    public void Whole_numbers_are_even_below_their_limit()
    {
        var random = new SeededRandom(4, RandomPurpose.SyntheticData);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++) counts[random.NextInt32(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
        Assert.Equal(0, random.NextInt32(1));
    }

    [Fact]
    public void Normals_have_the_moments_of_a_normal_distribution()
    {
        var random = new SeededRandom(5, RandomPurpose.SyntheticData);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextNormal())];
        Assert.InRange(values.Average(), -0.015, 0.015);
        Assert.InRange(values.Average(v => v * v), 0.98, 1.02);
        Assert.InRange(values.Average(v => v * v * v), -0.04, 0.04);
        Assert.InRange(values.Average(v => v * v * v * v), 2.85, 3.15);
        Assert.InRange(values.Count(v => Math.Abs(v) < 1) / 100_000.0, 0.677, 0.688);
    }

    [Fact]
    public void A_shuffle_keeps_every_item_and_makes_every_order_equally_likely()
    {
        var random = new SeededRandom(6, RandomPurpose.SyntheticData);
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < 24_000; i++)
        {
            int[] items = [0, 1, 2, 3];
            random.Shuffle(items);
            string order = string.Join("", items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.All(counts, pair => Assert.Equal("0123", string.Concat(pair.Key.Order())));
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
    }

    private static ulong[] Draw(SeededRandom random) => [.. Enumerable.Range(0, Drawn).Select(_ => random.NextBits())];
}
