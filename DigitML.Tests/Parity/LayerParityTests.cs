using System.Collections.Concurrent;
using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Parity;

/// <summary>Loss, every parameter gradient, running statistics and scores of each layer against the reference, at every vector width.</summary>
public class LayerParityTests
{
    private const int DeepLayers = 10;
    private const double Tolerance = 1e-5;

    private static readonly ConcurrentDictionary<string,
        (MinibatchLoss Loss, NetworkWeights Gradients, NetworkWeights Weights, float[] Scores)> Expected = new();

    public static TheoryData<string> Names => [.. ParityCases.Layers.Keys];

    [VectorWidthTheory(512)]
    [MemberData(nameof(Names))]
    public void A_layer_at_512_bits_agrees_with_the_reference(string name) => Check(name, 512);

    [VectorWidthTheory(256)]
    [MemberData(nameof(Names))]
    public void A_layer_at_256_bits_agrees_with_the_reference(string name) => Check(name, 256);

    [VectorWidthTheory(128)]
    [MemberData(nameof(Names))]
    public void A_layer_at_128_bits_agrees_with_the_reference(string name) => Check(name, 128);

    /// <summary>
    /// At a mean of 1,000 deviations the last bits of the pixels themselves decide the gradients, so only the loss is compared: summing squares about 0
    /// would put it off by 0.4 % and more.
    /// </summary>
    [Fact]
    public void Batch_norm_keeps_the_variance_of_values_far_from_0()
    {
        var parity = new ParityCase(
            Shape.Image(5, 4, 2), [new Conv2D(16, 1), new BatchNorm(), new Flatten(), new Dense(5)], [7], PixelOffset: 1000);
        using var device = new CpuDevice(threads: 2);
        double expected = DeviceRun.Gradients(new ReferenceDevice(), parity).Loss.Mean;
        Assert.Equal(expected, DeviceRun.Gradients(device, parity).Loss.Mean, 5e-4 * expected);
    }

    private static void Check(string name, int vectorBits)
    {
        ParityCase parity = ParityCases.Layers[name];
        var expected = Expected.GetOrAdd(name, _ => Run(new ReferenceDevice(), parity));
        using var device = new CpuDevice(threads: 2, vectorBits, NumericMode.Exact);
        var actual = Run(device, parity);
        Assert.Equal(expected.Loss.CorrectCount, actual.Loss.CorrectCount);
        Assert.Equal(expected.Loss.Mean, actual.Loss.Mean, Tolerance * Math.Max(1, expected.Loss.Mean));
        // Each layer a gradient comes through adds its rounding.
        double tolerance = parity.Layers.Length > DeepLayers ? 2 * Tolerance : Tolerance;
        double largest = expected.Gradients.Tensors.Max(tensor => tensor.Values.Max(Math.Abs));
        foreach (var (reference, gradient) in expected.Gradients.Tensors.Zip(actual.Gradients.Tensors))
        {
            if (!reference.Spec.IsTrainable) continue;
            Closeness.Check($"gradient of {reference.Name}", reference.Values, gradient.Values, tolerance, absolute: 1e-6 * largest);
        }

        foreach (var (reference, weight) in expected.Weights.Tensors.Zip(actual.Weights.Tensors))
        {
            Closeness.Check(reference.Name, reference.Values, weight.Values, reference.Spec.IsTrainable ? 0 : Tolerance);
        }

        Closeness.Check("scores", expected.Scores, actual.Scores, Tolerance);
    }

    private static (MinibatchLoss Loss, NetworkWeights Gradients, NetworkWeights Weights, float[] Scores) Run(IDevice device, ParityCase parity)
    {
        var (loss, gradients, weights) = DeviceRun.Gradients(device, parity);
        return (loss, gradients, weights, DeviceRun.Predict(device, parity, parity.Counts[0]));
    }
}
