using System.Collections.Concurrent;
using DigitML.Engine.Cpu;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Parity;

/// <summary>Convolutions by minimal filtering against the reference: sizes that tiles fit and do not fit, paddings, one and several samples.</summary>
public class WinogradParityTests
{
    private static readonly Padding Uneven = Padding.Of(top: 0, left: 2, bottom: 1, right: 0);

    private static readonly Dictionary<string, (int Height, int Width, int Inputs, int Samples, Layer[] Layers)> Cases = new()
    {
        ["3x3 same, 14x14, 64 to 64"] = (14, 14, 64, 7, [new Conv2D(64, 3, Padding.Same), new ReLU()]),
        ["3x3 same, 14x14, 32 to 64, no bias"] = (14, 14, 32, 3, [new Conv2D(64, 3, Padding.Same, UseBias: false)]),
        ["3x3 valid, 9x11, 32 to 48"] = (9, 11, 32, 1, [new Conv2D(48, 3), new ReLU()]),
        ["3x3 valid, 5x5, 33 to 40"] = (5, 5, 33, 5, [new Conv2D(40, 3)]),
        ["3x3 uneven, 13x8, 48 to 32"] = (13, 8, 48, 3, [new Conv2D(32, 3, Uneven), new ReLU()]),
        ["5x5 same, 28x28, 32 to 32"] = (28, 28, 32, 2, [new Conv2D(32, 5, Padding.Same)]),
        ["5x5 valid, 13x17, 32 to 35"] = (13, 17, 32, 3, [new Conv2D(35, 5)]),
        ["5x5 same, 7x7, 40 to 32"] = (7, 7, 40, 65, [new Conv2D(32, 5, Padding.Same), new ReLU()]),
        ["3x3 same twice, 10x10"] = (10, 10, 32, 17, [new Conv2D(32, 3, Padding.Same), new ReLU(), new Conv2D(32, 3, Padding.Same), new ReLU()]),
        ["3x3 same four times, 14x14, 16 channels, whose sums live side by side"] = (14, 14, 16, 17,
            [new Conv2D(16, 3, Padding.Same), new Conv2D(16, 3, Padding.Same), new Conv2D(16, 3, Padding.Same), new Conv2D(16, 3, Padding.Same)]),
        ["3x3 valid after batch norm, 12x12"] =
            (12, 12, 32, 5, [new Conv2D(32, 3), new ReLU(), new BatchNorm(), new Conv2D(32, 3), new ReLU(), new BatchNorm(), new Conv2D(32, 3)]),
        ["3x3 same at 14x14 and 7x7, where a phase takes as many samples as the smaller asks for"] =
            (14, 14, 40, 17, [new Conv2D(48, 3, Padding.Same), new AveragePool2D(2), new Conv2D(48, 3, Padding.Same)]),
        ["5x5 and 3x3 with pooling between, 20x20"] =
            (20, 20, 32, 3, [new Conv2D(32, 5, Padding.Same), new AveragePool2D(2), new Conv2D(64, 3, Padding.Same)]),
    };

    // The slow part, the same for every mode and width.
    private static readonly ConcurrentDictionary<string, Lazy<ReferenceResult>> References = new();

    public static TheoryData<string, NumericMode> Names
    {
        get
        {
            var names = new TheoryData<string, NumericMode>();
            foreach (string name in Cases.Keys)
            {
                names.Add(name, NumericMode.Balanced);
                names.Add(name, NumericMode.Fast);
            }

            return names;
        }
    }

    [VectorWidthTheory(512)]
    [MemberData(nameof(Names))]
    public void Gradients_at_512_bits_agree_with_the_reference(string name, NumericMode mode) => Check(name, mode, 512);

    [VectorWidthTheory(256)]
    [MemberData(nameof(Names))]
    public void Gradients_at_256_bits_agree_with_the_reference(string name, NumericMode mode) => Check(name, mode, 256);

    [VectorWidthTheory(128)]
    [MemberData(nameof(Names))]
    public void Gradients_at_128_bits_agree_with_the_reference(string name, NumericMode mode) => Check(name, mode, 128);

    [Fact]
    public void The_number_of_threads_changes_no_byte()
    {
        ParityCase parity = CaseOf("3x3 same twice, 10x10");
        using var one = new CpuDevice(threads: 1);
        using var three = new CpuDevice(threads: 3);
        NetworkWeights expected = DeviceRun.Gradients(one, parity).Gradients, actual = DeviceRun.Gradients(three, parity).Gradients;
        foreach (var (a, b) in expected.Tensors.Zip(actual.Tensors)) Assert.Equal(a.Values, b.Values);
    }

    [Theory]
    [InlineData(3, 64, 64, 14, true, 5)]
    [InlineData(3, 64, 64, 12, true, 6)]
    [InlineData(3, 64, 64, 14, false, 7)]
    [InlineData(5, 32, 32, 28, true, 4)]
    [InlineData(5, 32, 32, 28, false, 7)]
    [InlineData(3, 16, 16, 14, true, 5)]
    [InlineData(3, 6, 16, 14, true, null)]
    [InlineData(1, 64, 64, 14, true, null)]
    public void Balanced_takes_small_tiles_forward_and_large_ones_backward(int kernel, int inputs, int outputs, int size, bool isForward, int? expected)
    {
        var layer = new Conv2D(outputs, kernel, Padding.Same);
        WinogradTile? tile = WinogradChoice.Tile(layer, Shape.Image(size, size, outputs), inputs, outputs, WinogradLimits.Balanced, isForward);
        Assert.Equal(expected, tile?.Outputs);
        Assert.Null(WinogradChoice.Tile(layer, Shape.Image(size, size, outputs), inputs, outputs, WinogradLimits.None, isForward));
    }

    private static void Check(string name, NumericMode mode, int vectorBits)
    {
        ParityCase parity = CaseOf(name);
        using var device = new CpuDevice(threads: 2, vectorBits, mode);
        ReferenceResult expected = References.GetOrAdd(name, _ => new(() => ReferenceResult.Of(parity))).Value;
        var actual = DeviceRun.Gradients(device, parity);
        Assert.Equal(expected.Loss.Mean, actual.Loss.Mean, 1e-4 * Math.Max(1, expected.Loss.Mean));
        foreach (var (reference, gradient) in expected.Gradients.Tensors.Zip(actual.Gradients.Tensors))
        {
            double error = RelativeError(reference.Values, gradient.Values);
            Assert.True(error < 3e-4, $"gradient of {reference.Name} is off by {error:e1} of its length");
        }

        Closeness.Check("scores", expected.Scores, DeviceRun.Predict(device, parity, ReferenceResult.Images), 1e-4);
    }

    // By length, not by value: rounding that turns a rectifier's input from just above to just below 0 changes single values by all they are. The cases
    // with the most pixels, where the largest tiles turn one of them, have no rectifier.
    private static double RelativeError(float[] expected, float[] actual)
    {
        double squares = expected.Zip(actual, (a, b) => Math.Pow((double)a - b, 2)).Sum(), length = expected.Sum(a => (double)a * a);
        return length == 0 ? Math.Sqrt(squares) : Math.Sqrt(squares / length);
    }

    private static ParityCase CaseOf(string name)
    {
        var (height, width, inputs, samples, layers) = Cases[name];

        // The convolution before the ones under test makes their input need a gradient.
        return new ParityCase(Shape.Image(height, width, 2), [new Conv2D(inputs, 1), .. layers, new Flatten(), new Dense(5)], [samples]);
    }

    private sealed record ReferenceResult(MinibatchLoss Loss, NetworkWeights Gradients, float[] Scores)
    {
        internal const int Images = 11;

        internal static ReferenceResult Of(ParityCase parity)
        {
            (MinibatchLoss loss, NetworkWeights gradients, _) = DeviceRun.Gradients(new ReferenceDevice(), parity);
            return new ReferenceResult(loss, gradients, DeviceRun.Predict(new ReferenceDevice(), parity, Images));
        }
    }
}
