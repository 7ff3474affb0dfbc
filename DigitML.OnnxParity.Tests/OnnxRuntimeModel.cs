using Microsoft.ML.OnnxRuntime;

namespace DigitML.OnnxParity.Tests;

/// <summary>A model file in ONNX Runtime.</summary>
internal sealed class OnnxRuntimeModel : IDisposable
{
    private readonly RunOptions run = new();
    private readonly InferenceSession session;

    internal OnnxRuntimeModel(string path)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING };
        session = new InferenceSession(path, options);
        int[] input = session.InputMetadata["pixels"].Dimensions;
        (Height, Width) = (input[2], input[3]);
        ClassCount = session.OutputMetadata["scores"].Dimensions[1];
    }

    internal int Height { get; }

    internal int Width { get; }

    internal int ClassCount { get; }

    /// <summary>Scores a batch of images.</summary>
    /// <param name="pixels">count x Height x Width values of 0 .. 255, row-major.</param>
    /// <param name="count">Number of images.</param>
    /// <returns>count x ClassCount scores, and the key of the label of each image.</returns>
    internal (float[] Scores, long[] Keys) Predict(float[] pixels, int count)
    {
        using OrtValue images = OrtValue.CreateTensorValueFromMemory(pixels, [count, 1, Height, Width]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["pixels"], [images], ["scores", "label"]);
        Assert.Equal([count, ClassCount], outputs[0].GetTensorTypeAndShape().Shape);
        Assert.Equal([count], outputs[1].GetTensorTypeAndShape().Shape);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<long>().ToArray());
    }

    public void Dispose()
    {
        session.Dispose();
        run.Dispose();
    }
}
