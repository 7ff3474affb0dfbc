using DigitML.Data.Recipes;
using DigitML.Engine.Cpu;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Parity;

/// <summary>The numeric modes over several steps of a whole network: they drift apart slowly, by rounding alone.</summary>
public class NumericModeParityTests
{
    // 20 samples are slots of 8, which a phase need not take in whole groups; 7 are one slot that is not full.
    private static readonly int[] Counts = [20, 20, 7];

    [Theory]
    [InlineData(NumericMode.Balanced)]
    [InlineData(NumericMode.Fast)]
    public void Losses_of_several_steps_are_those_of_the_exact_mode(NumericMode mode)
    {
        Network network = RecipeCatalog.Get("keras-cnn").BuildNetwork(28, 28, 10);
        var parity = new ParityCase(network.InputShape, [.. network.Layers.Select(layer => layer.Layer)], Counts);
        using var exact = new CpuDevice(threads: 2, mode: NumericMode.Exact);
        using var device = new CpuDevice(threads: 2, mode: mode);
        double[] expected = Losses(exact, parity), losses = Losses(device, parity);
        for (int step = 0; step < losses.Length; step++) Assert.Equal(expected[step], losses[step], 5e-3 * expected[step]);
    }

    private static double[] Losses(CpuDevice device, ParityCase parity) =>
        [.. DeviceRun.Train(device, parity, new Sgd(), learningRate: 0.001f).Losses.Select(loss => loss.Mean)];
}
