using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Model;

namespace DigitML.Benchmarks;

/// <summary>Bytes that a step allocates on the garbage-collected heap, all threads together, once it is warm.</summary>
internal static class Allocations
{
    private const int WarmUp = 30, Steps = 300, BatchSize = 64;

    /// <summary>Forward, loss, backward and an Adam step of a recipe's network on a minibatch of 64.</summary>
    internal static double OfTrainingStep(string recipe)
    {
        Network network = PeerModels.NetworkOf(recipe);
        var options = new TrainingProgramOptions(BatchSize, new Adam(), Seed: 1);
        using var device = new CpuDevice();
        using ITrainingProgram program = device.CompileTraining(network, options);
        var state = new TrainingState(network, options);
        state.Weights.Initialize(WeightInitializer.HeNormal, options.Seed);
        program.Load(state);
        var minibatch = new Minibatch(BatchSize, network.InputShape, network.ClassCount) { Count = BatchSize };
        for (int i = 0; i < BatchSize; i++) minibatch.Targets[i * network.ClassCount] = 1;
        return Of(() =>
        {
            program.Forward(minibatch);
            program.Loss();
            program.Backward();
            program.Step(1e-3f);
        });
    }

    /// <summary>Prediction of one image, with its scores written to a span.</summary>
    internal static double OfSpanPrediction(string recipe)
    {
        using var models = new PeerModels();
        // Not DigitClassifier.Load, whose warm-up allocates on another thread for a while.
        using var classifier = new DigitClassifier(DigitModel.Load(models.Onnx(recipe)));
        var pixels = new byte[classifier.PixelCount];
        var scores = new float[classifier.ClassCount];
        return Of(() => classifier.Predict(pixels, scores));
    }

    private static double Of(Action step)
    {
        for (int i = 0; i < WarmUp; i++) step();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Steps; i++) step();
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Steps;
    }
}
