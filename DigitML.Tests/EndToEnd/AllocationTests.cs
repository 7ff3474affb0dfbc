using DigitML.Data.Recipes;
using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Model;
using DigitML.Tests.Parity;

namespace DigitML.Tests.EndToEnd;

/// <summary>Garbage of all threads together; so nothing else may run.</summary>
[Collection(nameof(Alone))]
public class AllocationTests
{
    private const int BatchSize = 16, Batch = 10, Tries = 100;

    [Theory]
    [InlineData("compact", 1)]
    [InlineData("compact", 3)]
    [InlineData("keras-cnn", 2)]
    public void A_training_step_allocates_nothing(string recipe, int threads)
    {
        Network network = RecipeCatalog.Get(recipe).BuildNetwork(28, 28, 10);
        var options = new TrainingProgramOptions(BatchSize, new Adam(), Seed: 1, AveragingDecay: 0.9f);
        using var device = new CpuDevice(threads);
        using ITrainingProgram program = device.CompileTraining(network, options);
        program.Load(new TrainingState(network, options));
        Minibatch minibatch = new ParityCase(network.InputShape, [.. network.Layers.Select(layer => layer.Layer)], [BatchSize]).MakeMinibatches().First();
        AssertNothing(() =>
        {
            program.Forward(minibatch);
            program.Loss();
            program.Backward();
            program.Step(1e-3f);
        });
    }

    [Theory]
    [InlineData("compact", 1)]
    [InlineData("keras-cnn", 2)]
    public void A_prediction_into_a_span_allocates_nothing(string recipe, int threads)
    {
        Network network = RecipeCatalog.Get(recipe).BuildNetwork(28, 28, 10);
        using var device = new CpuDevice(threads);
        using var classifier = new DigitClassifier(
            new DigitModel(new NetworkWeights(network), new LabelMap(Enumerable.Range(0, 10).Select(digit => $"{digit}")), PixelNormalization.Unit), device);
        byte[] one = new byte[classifier.PixelCount], many = new byte[Batch * classifier.PixelCount];
        float[] scores = new float[10], allScores = new float[Batch * 10];
        AssertNothing(() =>
        {
            classifier.Predict(one, scores);
            classifier.PredictBatch(many, Batch, allScores);
        });
    }

    // The JIT and the timers of the test runner allocate now and then; what a step allocates shows in every try, however short.
    private static void AssertNothing(Action step)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Tries && least != 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            step();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }

    /// <summary>Tests that run while no other test does.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public class Alone;
}
