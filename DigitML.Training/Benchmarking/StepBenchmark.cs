using System.Diagnostics;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Engine.Randomness;

namespace DigitML.Training.Benchmarking;

/// <summary>Measures the samples per second of a network on random images: the steps alone, without file reading or augmentation.</summary>
internal static class StepBenchmark
{
    private const int Images = 4096, WarmUpSteps = 3;
    private const float LearningRate = 1e-3f;

    /// <summary>Forward, loss, backward and an Adam step per minibatch.</summary>
    internal static double Train(IDevice device, Network network, int batchSize, double seconds, CancellationToken cancellation)
    {
        var options = new TrainingProgramOptions(batchSize, new Adam(), Seed: 1);
        using ITrainingProgram program = device.CompileTraining(network, options);
        var state = new TrainingState(network, options);
        state.Weights.Initialize(WeightInitializer.HeNormal, options.Seed);
        program.Load(state);
        Minibatch[] minibatches = [.. Enumerable.Range(0, Math.Max(1, Images / batchSize)).Select(i => RandomMinibatch(network, batchSize, i))];
        return Measure(batchSize, seconds, step =>
        {
            program.Forward(minibatches[step % minibatches.Length]);
            program.Loss();
            program.Backward();
            program.Step(LearningRate);
        }, cancellation);
    }

    /// <summary>Computing the scores of a minibatch.</summary>
    internal static double Predict(IDevice device, Network network, int batchSize, double seconds, CancellationToken cancellation)
    {
        var weights = new NetworkWeights(network);
        weights.Initialize(WeightInitializer.HeNormal, seed: 1);
        using IInferenceProgram program = device.CompileInference(weights);
        Minibatch[] minibatches = [.. Enumerable.Range(0, Math.Max(1, Images / batchSize)).Select(i => RandomMinibatch(network, batchSize, i))];
        var scores = new float[batchSize * network.ClassCount];
        return Measure(batchSize, seconds, step => program.Predict(minibatches[step % minibatches.Length].Images, batchSize, scores), cancellation);
    }

    private static double Measure(int batchSize, double seconds, Action<int> step, CancellationToken cancellation)
    {
        for (int i = 0; i < WarmUpSteps; i++) step(i);
        int steps = 0;
        var watch = Stopwatch.StartNew();
        do
        {
            cancellation.ThrowIfCancellationRequested();
            step(steps++);
        }
        while (watch.Elapsed.TotalSeconds < seconds);

        return (double)steps * batchSize / watch.Elapsed.TotalSeconds;
    }

    private static Minibatch RandomMinibatch(Network network, int batchSize, int index)
    {
        var minibatch = new Minibatch(batchSize, network.InputShape, network.ClassCount) { Count = batchSize };
        var random = new SeededRandom(seed: 1, RandomPurpose.SyntheticData, (ulong)index);
        for (int i = 0; i < minibatch.Images.Length; i++) minibatch.Images[i] = (float)random.NextDouble();
        for (int i = 0; i < batchSize; i++)
        {
            minibatch.Labels[i] = random.NextInt32(network.ClassCount);
            minibatch.Targets[i * network.ClassCount + minibatch.Labels[i]] = 1;
        }

        return minibatch;
    }
}
