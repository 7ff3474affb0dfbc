using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Parity;

/// <summary>Two steps and the scores of random small networks against the reference.</summary>
public class RandomNetworkParityTests
{
    private const int NetworksPerCase = 10;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, 15)];

    [VectorWidthTheory(512)]
    [MemberData(nameof(Cases))]
    public void Random_networks_at_512_bits_agree_with_the_reference(int number) => Check(number, 512);

    [VectorWidthTheory(256)]
    [MemberData(nameof(Cases))]
    public void Random_networks_at_256_bits_agree_with_the_reference(int number) => Check(number, 256);

    [VectorWidthTheory(128)]
    [MemberData(nameof(Cases))]
    public void Random_networks_at_128_bits_agree_with_the_reference(int number) => Check(number, 128);

    private static void Check(int number, int vectorBits)
    {
        using var device = new CpuDevice(threads: 2, vectorBits, NumericMode.Exact);
        using var reference = new ReferenceDevice();
        for (int i = 0; i < NetworksPerCase; i++) Check(seed: (ulong)(number * NetworksPerCase + i), device, reference);
    }

    private static void Check(ulong seed, CpuDevice device, ReferenceDevice reference)
    {
        ParityCase parity = RandomNetworks.Make(seed);
        string layers = string.Join(", ", parity.Layers.Select(layer => layer.ToString()));
        string what = $"seed {seed}, {parity.Input}, counts {string.Join(" ", parity.Counts)}, {layers}: ";
        var optimizer = new Sgd(Momentum: 0.5f);
        var (expectedLosses, expected) = DeviceRun.Train(reference, parity, optimizer, learningRate: 0.01f);
        var (losses, actual) = DeviceRun.Train(device, parity, optimizer, learningRate: 0.01f);
        for (int i = 0; i < losses.Length; i++)
        {
            Assert.True(Math.Abs(expectedLosses[i].Mean - losses[i].Mean) < 1e-4 * Math.Max(1, expectedLosses[i].Mean),
                $"{what}loss {i} is {losses[i].Mean}, not {expectedLosses[i].Mean}");
        }

        Compare(what + "velocity of ", expected.OptimizerSlots[0], actual.OptimizerSlots[0]);
        Compare(what, expected.Weights, actual.Weights);
        Closeness.Check(what + "scores", DeviceRun.Predict(reference, parity, 5), DeviceRun.Predict(device, parity, 5), 1e-5);
    }

    private static void Compare(string what, NetworkWeights expected, NetworkWeights actual)
    {
        double largest = expected.Tensors.Max(tensor => tensor.Values.Max(Math.Abs));
        foreach (var (reference, tensor) in expected.Tensors.Zip(actual.Tensors))
        {
            Closeness.Check(what + reference.Name, reference.Values, tensor.Values, relative: 1e-4, absolute: 1e-5 * largest);
        }
    }
}
