using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace OnnxRuntimePeer;

/// <summary>
/// The same work as <c>digitml bench predict</c>: batches of random images through a model that DigitML wrote, prediction alone. Prints one JSON line. A call into ONNX
/// Runtime through .NET costs more than one from C: the empty model does next to nothing with inputs and outputs of the same size, and the time it takes (including the
/// scaling of pixels and the softmax that every model has) is subtracted from every call, in ONNX Runtime's favour.
/// Before anything is timed, the model scores the given images, for comparison with DigitML.
/// </summary>
internal static class Prediction
{
    private const int ImageCount = 4096;
    private const double WarmUpSeconds = 0.3, OverheadSeconds = 0.7;

    /// <summary>Measures the speed and prints it.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="emptyModel">A model file with the same input and output that does next to nothing.</param>
    /// <param name="images">A file of images, one byte per pixel.</param>
    /// <param name="batchSize">Images per call.</param>
    /// <param name="threads">Threads that score a batch together.</param>
    /// <param name="seconds">How long to measure.</param>
    internal static void Run(string model, string emptyModel, string images, int batchSize, int threads, int seconds)
    {
        float[] logScores = LogScores(model, File.ReadAllBytes(images));
        double overhead = SecondsPerCall(emptyModel, batchSize, threads, OverheadSeconds), call = SecondsPerCall(model, batchSize, threads, seconds);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            peer = $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}",
            samplesPerSecond = Math.Round(batchSize / (call - overhead), 1),
            samplesPerSecondWithCallOverhead = Math.Round(batchSize / call, 1),
            callOverheadMicroseconds = Math.Round(overhead * 1e6, 1),
            logScores,
        }));
    }

    private static float[] LogScores(string path, byte[] images)
    {
        using var model = new PeerModel(path, threads: 1);
        return [.. model.Predict([.. images.Select(pixel => (float)pixel)], images.Length / (model.Height * model.Width)).Select(score => MathF.Log(score))];
    }

    private static double SecondsPerCall(string path, int batchSize, int threads, double seconds)
    {
        using var model = new PeerModel(path, threads);
        using var run = new RunOptions();
        using OrtValue scores = model.Scores(new float[batchSize * model.ClassCount], batchSize);
        OrtValue[] images = [.. Enumerable.Range(0, Math.Max(1, ImageCount / batchSize)).Select(_ => model.Images(RandomPixels(batchSize * model.Height * model.Width), batchSize))];

        // Inputs and outputs are bound once and reused: a call copies nothing and allocates nothing.
        OrtIoBinding[] batches = [.. images.Select(image => Bind(model.Session, image, scores))];
        Measure(WarmUpSeconds);
        double result = Measure(seconds);
        foreach (IDisposable used in (IDisposable[])[.. batches, .. images]) used.Dispose();
        return result;

        double Measure(double duration)
        {
            long start = Stopwatch.GetTimestamp();
            int calls = 0;
            double elapsed;
            do
            {
                model.Session.RunWithBinding(run, batches[calls % batches.Length]);
                calls++;
                elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
            while (elapsed < duration);
            return elapsed / calls;
        }
    }

    private static OrtIoBinding Bind(InferenceSession session, OrtValue images, OrtValue scores)
    {
        OrtIoBinding binding = session.CreateIoBinding();
        binding.BindInput("pixels", images);
        binding.BindOutput("scores", scores);
        return binding;
    }

    private static float[] RandomPixels(int count)
    {
        var pixels = new float[count];
        foreach (ref float pixel in pixels.AsSpan()) pixel = Random.Shared.NextSingle() * 255;
        return pixels;
    }
}
