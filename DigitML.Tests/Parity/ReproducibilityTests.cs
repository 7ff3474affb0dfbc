using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Parity;

/// <summary>The same bytes at any number of threads, and with a save and a load in between.</summary>
public class ReproducibilityTests
{
    private static readonly Adam Optimizer = new(WeightDecay: 0.1f);

    public static TheoryData<string> Names => [.. ParityCases.Networks.Keys];

    [VectorWidthTheory(512)]
    [MemberData(nameof(Names))]
    public void Every_number_of_threads_gives_the_same_bytes_at_512_bits(string name) => CheckThreads(name, 512);

    [VectorWidthTheory(256)]
    [MemberData(nameof(Names))]
    public void Every_number_of_threads_gives_the_same_bytes_at_256_bits(string name) => CheckThreads(name, 256);

    [VectorWidthTheory(128)]
    [MemberData(nameof(Names))]
    public void Every_number_of_threads_gives_the_same_bytes_at_128_bits(string name) => CheckThreads(name, 128);

    /// <summary>Minibatches of 16, 9 and 5 slots, the last of them not full, through every kind of sum over slots.</summary>
    [VectorWidthTheory(128)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Every_number_of_threads_gives_the_same_bytes_with_many_slots(int vectorBits) => CheckThreads(
        new ParityCase(
            Shape.Image(12, 12, 1),
            [
                new Conv2D(16, 3, Padding: Padding.Same), new BatchNorm(), new ReLU(), new Conv2D(96, 3, Padding: Padding.Same), new ReLU(), new MaxPool2D(2),
                new Conv2D(96, 3, Padding: Padding.Same), new ReLU(), new BatchNorm(), new Conv2D(16, 3), new ReLU(), new Flatten(), new Dense(40), new BatchNorm(),
                new ReLU(), new Dropout(0.2f), new Dense(10),
            ],
            [125, 67, 37]),
        vectorBits);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_program_that_is_saved_and_loaded_after_each_step_gives_the_same_bytes(string name)
    {
        ParityCase parity = ParityCases.Networks[name];
        using var device = new CpuDevice(threads: 2);
        var (losses, straight) = DeviceRun.Train(device, parity, Optimizer, 0.01f, averagingDecay: 0.9f);

        var options = new TrainingProgramOptions(parity.Capacity, Optimizer, Seed: 77, AveragingDecay: 0.9f);
        var state = new TrainingState(parity.Network, options) { Step = 3 };
        state.Weights.CopyFrom(parity.Weights);
        state.AveragedWeights!.CopyFrom(state.Weights);
        int step = 0;
        foreach (Minibatch minibatch in parity.MakeMinibatches())
        {
            using ITrainingProgram program = device.CompileTraining(parity.Network, options);
            program.Load(state);
            program.Forward(minibatch);
            Assert.Equal(losses[step++], program.Loss());
            program.Backward();
            program.Step(0.01f);
            program.Save(state);
        }

        Assert.Equal(straight.Step, state.Step);
        Assert.Equal(Values(straight), Values(state));
    }

    [Fact]
    public void Many_threads_predict_with_one_program_at_once()
    {
        ParityCase parity = ParityCases.Networks["batch norm after every convolution"];
        float[] images = parity.MakeImages(40);
        int classes = parity.Network.ClassCount, size = parity.Input.Size;
        using var device = new CpuDevice(threads: 2);
        float[] expected = DeviceRun.Predict(device, parity, 40);
        using IInferenceProgram program = device.CompileInference(parity.Weights);
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            int first = i % 30, count = 1 + i % 10;
            var scores = new float[count * classes];
            program.Predict(images.AsSpan(first * size, count * size), count, scores);
            Assert.Equal(expected[(first * classes)..((first + count) * classes)], scores);
        });
    }

    private static void CheckThreads(string name, int vectorBits) => CheckThreads(ParityCases.Networks[name], vectorBits);

    private static void CheckThreads(ParityCase parity, int vectorBits)
    {
        using var one = new CpuDevice(threads: 1, vectorBits);
        var (losses, state) = DeviceRun.Train(one, parity, Optimizer, 0.01f, averagingDecay: 0.9f);
        float[] scores = DeviceRun.Predict(one, parity, 33);
        foreach (int threads in (int[])[2, 3, 7, 16])
        {
            using var several = new CpuDevice(threads, vectorBits);
            var (otherLosses, otherState) = DeviceRun.Train(several, parity, Optimizer, 0.01f, averagingDecay: 0.9f);
            Assert.Equal(losses, otherLosses);
            Assert.Equal(Values(state), Values(otherState));
            Assert.Equal(scores, DeviceRun.Predict(several, parity, 33));
        }
    }

    private static float[] Values(TrainingState state) =>
        [.. ((NetworkWeights[])[state.Weights, .. state.OptimizerSlots, state.AveragedWeights!])
            .SelectMany(weights => weights.Tensors).SelectMany(tensor => tensor.Values)];
}
