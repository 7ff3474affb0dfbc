using DigitML.Engine.Networks;

namespace DigitML.Tests.Networks;

public class WeightInitializationTests
{
    private static readonly Network Network = new("n", Shape.Image(14, 14, 16),
        [new Conv2D(32, 5, Padding.Same), new BatchNorm(), new ReLU(), new MaxPool2D(2), new Flatten(), new Dense(50), new ReLU(), new Dense(10)]);

    [Theory]
    [InlineData("conv2d.weight", 400)]
    [InlineData("dense.weight", 1568)]
    public void He_draws_from_a_normal_distribution_with_the_variance_2_over_fan_in(string name, int fanIn)
    {
        float[] values = Initialized(WeightInitializer.HeNormal, 5)[name];
        double variance = 2.0 / fanIn, n = values.Length;
        double mean = values.Average(v => (double)v), second = values.Average(v => (double)v * v), fourth = values.Average(v => Math.Pow(v, 4));
        Assert.InRange(mean, -5 * Math.Sqrt(variance / n), 5 * Math.Sqrt(variance / n));
        Assert.InRange(second / variance, 1 - 5 * Math.Sqrt(2 / n), 1 + 5 * Math.Sqrt(2 / n));
        // 3 is the kurtosis of a normal distribution
        Assert.InRange(fourth / (variance * variance), 3 - 5 * Math.Sqrt(96 / n), 3 + 5 * Math.Sqrt(96 / n));
    }

    [Theory]
    [InlineData("conv2d.weight", 400, 800)]
    [InlineData("dense.weight", 1568, 50)]
    public void Glorot_draws_evenly_within_a_limit_of_fan_in_and_fan_out(string name, int fanIn, int fanOut)
    {
        float[] values = Initialized(WeightInitializer.GlorotUniform, 5)[name];
        double limit = Math.Sqrt(6.0 / (fanIn + fanOut)), n = values.Length;
        Assert.InRange(values.Max(), 0.999 * limit, limit);
        Assert.InRange(values.Min(), -limit, -0.999 * limit);
        Assert.InRange(values.Average(v => (double)v * v) / (limit * limit / 3), 1 - 5 * Math.Sqrt(0.8 / n), 1 + 5 * Math.Sqrt(0.8 / n));
        Assert.InRange(values.Count(v => v > limit / 2) / n, 0.24, 0.26);
    }

    [Fact]
    public void Everything_but_weights_starts_at_0_or_1()
    {
        var weights = new NetworkWeights(Network);
        foreach (WeightTensor tensor in weights.Tensors) Array.Fill(tensor.Values, 7f);
        weights.Initialize(WeightInitializer.HeNormal, seed: 5);
        var values = weights.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
        string[] ones = ["batch_normalization.gamma", "batch_normalization.running_var"];
        string[] zeros = ["conv2d.bias", "batch_normalization.beta", "batch_normalization.running_mean", "dense.bias", "dense_1.bias"];
        Assert.All(ones.SelectMany(name => values[name]), v => Assert.Equal(1f, v));
        Assert.All(zeros.SelectMany(name => values[name]), v => Assert.Equal(0f, v));
    }

    [Fact]
    public void The_seed_decides_every_value()
    {
        var first = Initialized(WeightInitializer.HeNormal, 5);
        Assert.Equal(first["conv2d.weight"], Initialized(WeightInitializer.HeNormal, 5)["conv2d.weight"]);
        Assert.NotEqual(first["conv2d.weight"], Initialized(WeightInitializer.HeNormal, 6)["conv2d.weight"]);
    }

    [Fact]
    public void Tensors_draw_from_streams_of_their_own()
    {
        var network = new Network("twins", Shape.Vector(8), [new Dense(8), new Dense(8)]);
        var weights = new NetworkWeights(network);
        weights.Initialize(WeightInitializer.GlorotUniform, seed: 5);
        Assert.Empty(weights.Tensors[0].Values.Intersect(weights.Tensors[2].Values));
    }

    private static Dictionary<string, float[]> Initialized(WeightInitializer initializer, ulong seed)
    {
        var weights = new NetworkWeights(Network);
        weights.Initialize(initializer, seed);
        return weights.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
    }
}
