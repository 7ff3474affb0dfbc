using Microsoft.ML.OnnxRuntime;

namespace OnnxRuntimePeer;

/// <summary>A model that DigitML wrote, in an ONNX Runtime session on the processor.</summary>
internal sealed class PeerModel : IDisposable
{
    private readonly RunOptions options = new();

    /// <summary>Loads a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">Threads that score a batch together.</param>
    internal PeerModel(string path, int threads)
    {
        using var session = new SessionOptions
        {
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            EnableCpuMemArena = true,
            EnableMemoryPattern = true,
        };
        Session = new InferenceSession(path, session);
        int[] input = Session.InputMetadata["pixels"].Dimensions;
        (Height, Width) = (input[2], input[3]);
        ClassCount = Session.OutputMetadata["scores"].Dimensions[1];
    }

    /// <summary>The session.</summary>
    internal InferenceSession Session { get; }

    /// <summary>Rows of an image.</summary>
    internal int Height { get; }

    /// <summary>Columns of an image.</summary>
    internal int Width { get; }

    /// <summary>Number of scores per image.</summary>
    internal int ClassCount { get; }

    /// <summary>Scores of images; thread-safe.</summary>
    /// <param name="pixels">count x Height x Width values of 0 .. 255, row-major.</param>
    /// <param name="count">Number of images.</param>
    internal float[] Predict(float[] pixels, int count)
    {
        var scores = new float[count * ClassCount];
        using OrtValue images = Images(pixels, count), output = Scores(scores, count);
        Session.Run(options, ["pixels"], [images], ["scores"], [output]);
        return scores;
    }

    /// <summary>Images that ONNX Runtime reads from the given memory without copying.</summary>
    /// <param name="pixels">count x Height x Width values of 0 .. 255, row-major; pinned until the value is disposed.</param>
    /// <param name="count">Number of images.</param>
    internal OrtValue Images(float[] pixels, int count) => OrtValue.CreateTensorValueFromMemory(pixels, [count, 1, Height, Width]);

    /// <summary>Scores that ONNX Runtime writes directly to the given memory.</summary>
    /// <param name="scores">Receives count x ClassCount scores; pinned until the value is disposed.</param>
    /// <param name="count">Number of images.</param>
    internal OrtValue Scores(float[] scores, int count) => OrtValue.CreateTensorValueFromMemory(scores, [count, ClassCount]);

    /// <inheritdoc/>
    public void Dispose()
    {
        options.Dispose();
        Session.Dispose();
    }
}
