using DigitML.Engine.Cpu;
using DigitML.Engine.Networks;
using DigitML.Tests.Parity;

namespace DigitML.Tests.Cpu;

/// <summary>The device does what it reports of its algorithms: where it says "direct" everywhere, its bytes are those of the exact mode.</summary>
public class ConvolutionAlgorithmTests
{
    private const string Direct = "direct";

    private static readonly Dictionary<string, (int Inputs, Layer[] Layers)> Cases = new()
    {
        ["few channels"] = (1, [new Conv2D(16, 3), new ReLU(), new Conv2D(16, 3)]),
        ["32 channels"] = (1, [new Conv2D(32, 3), new ReLU(), new Conv2D(32, 3)]),
        ["5x5"] = (1, [new Conv2D(32, 5, Padding.Same), new ReLU(), new MaxPool2D(2), new Conv2D(64, 5, Padding.Same)]),
        ["stride 2"] = (1, [new Conv2D(32, 3), new Conv2D(32, 3) { Stride = 2 }]),
        ["1x1"] = (1, [new Conv2D(32, 3), new Conv2D(32, 1)]),
        ["the network's input"] = (32, [new Conv2D(32, 3)]),
        ["the network's input, channels between vectors"] = (40, [new Conv2D(32, 3)]),
        ["the network's input behind a rectifier"] = (40, [new ReLU(), new Conv2D(32, 3)]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_bytes_than_exact_ones_come_from_algorithms_that_it_names(string name)
    {
        ParityCase parity = CaseOf(name);
        using var exact = new CpuDevice(threads: 1, mode: NumericMode.Exact);
        Assert.All(exact.DescribeAlgorithms(parity.Network), algorithm => Assert.Equal((Direct, Direct), (algorithm.Forward, algorithm.Gradients)));
        foreach (NumericMode mode in (NumericMode[])[NumericMode.Balanced, NumericMode.Fast])
        {
            using var device = new CpuDevice(threads: 1, mode: mode);
            ConvolutionAlgorithm[] algorithms = [.. device.DescribeAlgorithms(parity.Network)];
            Assert.Equal(algorithms.All(a => a.Forward == Direct), Same(DeviceRun.Predict(exact, parity, 3), DeviceRun.Predict(device, parity, 3)));
            Assert.Equal(algorithms.All(a => a is { Forward: Direct, Gradients: Direct }), Same(Gradients(exact, parity), Gradients(device, parity)));
        }
    }

    [Fact]
    public void The_convolutions_of_a_network_are_named_in_its_order()
    {
        using var device = new CpuDevice(threads: 1);
        Assert.Equal(
            [new("conv2d", Direct, Direct), new("conv2d_1", "winograd F(4x4, 5x5)", "winograd F(7x7, 5x5)")],
            device.DescribeAlgorithms(CaseOf("5x5").Network).ToArray());
    }

    private static ParityCase CaseOf(string name)
    {
        var (inputs, layers) = Cases[name];
        return new ParityCase(Shape.Image(14, 14, inputs), [.. layers, new Flatten(), new Dense(5)], [3]);
    }

    private static float[] Gradients(CpuDevice device, ParityCase parity) =>
        [.. DeviceRun.Gradients(device, parity).Gradients.Tensors.SelectMany(tensor => tensor.Values)];

    private static bool Same(float[] one, float[] other) => one.AsSpan().SequenceEqual(other);
}
