using System.Collections.Concurrent;
using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Parity;

/// <summary>Several steps of whole networks with every optimizer, full and partial minibatches in turn, against the reference.</summary>
public class TrainingParityTests
{
    private static readonly Dictionary<string, (Optimizer Optimizer, float LearningRate)> Optimizers = new()
    {
        ["Adam"] = (new Adam(0.75f, 0.875f, Epsilon: 1e-2f), 0.01f),
        ["Adam with weight decay"] = (new Adam(Epsilon: 1e-2f, WeightDecay: 2f), 0.01f),
        ["RMSprop"] = (new RmsProp(Epsilon: 1e-2f), 0.003f),
        ["RMSprop with weight decay"] = (new RmsProp(0.75f, 1e-2f, WeightDecay: 2f), 0.003f),
        ["SGD"] = (new Sgd(), 0.1f),
        ["SGD with momentum"] = (new Sgd(0.9f), 0.05f),
        ["SGD with Nesterov momentum and weight decay"] = (new Sgd(0.75f, Nesterov: true, WeightDecay: 0.5f), 0.05f),
    };

    private static readonly ConcurrentDictionary<(string, string), (MinibatchLoss[] Losses, TrainingState State)> Expected = new();

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string network in ParityCases.Networks.Keys)
            {
                foreach (string optimizer in Optimizers.Keys) cases.Add(network, optimizer);
            }

            return cases;
        }
    }

    [VectorWidthTheory(512)]
    [MemberData(nameof(Cases))]
    public void Training_at_512_bits_agrees_with_the_reference(string network, string optimizer) => Check(network, optimizer, 512);

    [VectorWidthTheory(256)]
    [MemberData(nameof(Cases))]
    public void Training_at_256_bits_agrees_with_the_reference(string network, string optimizer) => Check(network, optimizer, 256);

    [VectorWidthTheory(128)]
    [MemberData(nameof(Cases))]
    public void Training_at_128_bits_agrees_with_the_reference(string network, string optimizer) => Check(network, optimizer, 128);

    private static void Check(string network, string optimizer, int vectorBits)
    {
        ParityCase parity = ParityCases.Networks[network];
        var (expectedLosses, expected) = Expected.GetOrAdd((network, optimizer), _ => Train(new ReferenceDevice(), parity, optimizer));
        using var device = new CpuDevice(threads: 2, vectorBits, NumericMode.Exact);
        var (losses, actual) = Train(device, parity, optimizer);
        for (int i = 0; i < losses.Length; i++)
        {
            Assert.Equal(expectedLosses[i].Mean, losses[i].Mean, 1e-4 * Math.Max(1, expectedLosses[i].Mean));
            Assert.Equal(expectedLosses[i].CorrectCount, losses[i].CorrectCount);
        }

        Assert.Equal(expected.Step, actual.Step);
        CheckTensors("", parity.Weights, expected.Weights, actual.Weights);
        CheckTensors("average of ", parity.Weights, expected.AveragedWeights!, actual.AveragedWeights!);
        for (int s = 0; s < expected.OptimizerSlots.Length; s++)
        {
            foreach (var (reference, tensor) in expected.OptimizerSlots[s].Tensors.Zip(actual.OptimizerSlots[s].Tensors))
            {
                Closeness.Check($"slot {s} of {reference.Name}", reference.Values, tensor.Values, 1e-3, absolute: 1e-7);
            }
        }
    }

    private static void CheckTensors(string what, NetworkWeights before, NetworkWeights expected, NetworkWeights actual)
    {
        foreach (var ((first, reference), tensor) in before.Tensors.Zip(expected.Tensors).Zip(actual.Tensors))
        {
            double change = first.Values.Zip(reference.Values).Max(pair => Math.Abs((double)pair.First - pair.Second));
            Assert.True(change > 0, $"{what}{reference.Name} does not change, so this case tests nothing");
            Closeness.Check($"{what}{reference.Name}", reference.Values, tensor.Values, relative: 1e-6, absolute: 1e-3 * change);
        }
    }

    private static (MinibatchLoss[] Losses, TrainingState State) Train(IDevice device, ParityCase parity, string optimizer) =>
        DeviceRun.Train(device, parity, Optimizers[optimizer].Optimizer, Optimizers[optimizer].LearningRate, averagingDecay: 0.45f);
}
