using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;

namespace DigitML.Model;

/// <summary>
/// Predicts with a small network on a separate thread, so that .NET compiles the engine's code while the caller still reads its model: compiling takes
/// longer than reading. Once per process, and only if there is a JIT compiler and a second processor to run it.
/// </summary>
internal static class PredictionWarmUp
{
    private static int started;

    /// <summary>Starts it and returns at once. A failure on that thread is ignored: it recurs when the code is needed.</summary>
    internal static void Start()
    {
        if (!RuntimeFeature.IsDynamicCodeCompiled || Environment.ProcessorCount == 1 || Interlocked.Exchange(ref started, 1) != 0) return;
        _ = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Runs the layers and sizes that digit recognisers have, with so few values that computing costs next to nothing.</summary>
    internal static void Run()
    {
        var network = new Network("warm-up", Shape.Image(28, 28, 1),
        [
            new Conv2D(32, 5, Padding.Same), new ReLU(), new Conv2D(32, 5, Padding.Same), new ReLU(), new MaxPool2D(2),
            new Conv2D(32, 3, Padding.Same), new ReLU(), new MaxPool2D(14), new Flatten(), new Dense(32), new ReLU(), new Dense(10), new Softmax(),
        ]);
        using var device = new CpuDevice(threads: 1);
        using IInferenceProgram program = device.CompileInference(new NetworkWeights(network));
        program.Predict(new float[network.InputShape.Size], 1, new float[network.ClassCount]);
    }
}
