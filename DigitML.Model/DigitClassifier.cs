using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Model.Images;

namespace DigitML.Model;

/// <summary>
/// Reads digits with a trained model. One instance serves any number of threads at once; the forms that write into a caller's span do not
/// allocate once they are warm.
/// </summary>
public sealed class DigitClassifier : IDisposable
{
    private const string DefaultModelResource = "DigitML.Model.default.onnx";

    private static readonly Lazy<DigitClassifier> SharedDefault = new(LoadDefault);

    private readonly IDevice? ownDevice;
    private readonly ModelProgram program;

    /// <summary>Makes a classifier of a model.</summary>
    /// <param name="model">The model; later changes of its weights have no effect.</param>
    /// <param name="device">What runs it; it stays the caller's. Where null, the processor.</param>
    public DigitClassifier(DigitModel model, IDevice? device = null)
    {
        Model = model;
        ownDevice = device is null ? DefaultDevice.Create() : null;
        program = new ModelProgram(model, device ?? ownDevice!);
    }

    /// <summary>
    /// Reads digits 0 to 9 with the model that comes inside: <c>compact</c>, trained on MNIST's 60,000 digits. One instance for the whole process, made when it is first
    /// asked for; disposing it does nothing.
    /// </summary>
    public static DigitClassifier Default => SharedDefault.Value;

    /// <summary>
    /// The model it was made of. Of a classifier that was loaded from a file it is each network as it predicts, without dropout and with batch norm folded;
    /// <see cref="DigitModel.Load(string)"/> reads the networks as they were trained.
    /// </summary>
    public DigitModel Model { get; }

    /// <summary>What the classes are called, in key order.</summary>
    public LabelMap Labels => Model.Labels;

    /// <summary>Number of classes.</summary>
    public int ClassCount => Labels.Count;

    /// <summary>Rows of an image.</summary>
    public int Height => Model.InputShape.Height;

    /// <summary>Columns of an image.</summary>
    public int Width => Model.InputShape.Width;

    /// <summary>Pixels of an image: <see cref="Height"/> x <see cref="Width"/>.</summary>
    public int PixelCount => Height * Width;

    /// <summary>Makes a classifier of an ONNX model file.</summary>
    /// <exception cref="DigitMLException">The file cannot be read or holds something DigitML cannot run; the message is one line.</exception>
    public static DigitClassifier Load(string path, IDevice? device = null)
    {
        if (device is null) PredictionWarmUp.Start();
        return new DigitClassifier(DigitModel.LoadForPrediction(path), device);
    }

    /// <summary>Makes a classifier of an ONNX model in a stream, which stays open.</summary>
    /// <exception cref="DigitMLException">The stream holds something DigitML cannot run; the message is one line.</exception>
    public static DigitClassifier Load(Stream stream, IDevice? device = null)
    {
        if (device is null) PredictionWarmUp.Start();
        return new DigitClassifier(DigitModel.LoadForPrediction(stream), device);
    }

    /// <summary>Reads one image of the model's size.</summary>
    /// <param name="pixels">Height x Width bytes, row-major; 0 is background, 255 is ink.</param>
    /// <exception cref="ArgumentException">The number of pixels is not that of the model.</exception>
    public DigitPrediction Predict(ReadOnlySpan<byte> pixels)
    {
        var scores = new float[ClassCount];
        return WithScores(Predict(pixels, scores), scores);
    }

    /// <summary>Reads one image of the model's size.</summary>
    /// <param name="pixels">Height x Width values of 0 .. 255, row-major; 0 is background, 255 is ink.</param>
    /// <exception cref="ArgumentException">The number of pixels is not that of the model.</exception>
    public DigitPrediction Predict(ReadOnlySpan<float> pixels)
    {
        var scores = new float[ClassCount];
        return WithScores(Predict(pixels, scores), scores);
    }

    /// <summary>
    /// Reads a picture of any size, dark on light or light on dark: it is made a digit of the model's size first
    /// (<see cref="DigitImage.Prepare"/>).
    /// </summary>
    /// <exception cref="DigitMLException">The picture is empty.</exception>
    public DigitPrediction Predict(DigitImage image) => Predict(image.Prepare(Height, Width).Pixels);

    /// <summary>Reads one image of the model's size without allocating.</summary>
    /// <param name="pixels">Height x Width bytes, row-major; 0 is background, 255 is ink.</param>
    /// <param name="scores">Takes the scores of the <see cref="ClassCount"/> classes.</param>
    /// <exception cref="ArgumentException">The number of pixels or of scores is not that of the model.</exception>
    public TopPrediction Predict(ReadOnlySpan<byte> pixels, Span<float> scores)
    {
        RequireLength(pixels.Length, 1, PixelCount, "pixels", nameof(pixels));
        RequireLength(scores.Length, 1, ClassCount, "scores", nameof(scores));
        program.Predict(pixels, 1, scores);
        return Top(scores);
    }

    /// <summary>Reads one image of the model's size without allocating.</summary>
    /// <param name="pixels">Height x Width values of 0 .. 255, row-major; 0 is background, 255 is ink.</param>
    /// <param name="scores">Takes the scores of the <see cref="ClassCount"/> classes.</param>
    /// <exception cref="ArgumentException">The number of pixels or of scores is not that of the model.</exception>
    public TopPrediction Predict(ReadOnlySpan<float> pixels, Span<float> scores)
    {
        RequireLength(pixels.Length, 1, PixelCount, "pixels", nameof(pixels));
        RequireLength(scores.Length, 1, ClassCount, "scores", nameof(scores));
        program.Predict(pixels, 1, scores);
        return Top(scores);
    }

    /// <summary>Reads a number of images of the model's size without allocating.</summary>
    /// <param name="pixels">count x Height x Width bytes; 0 is background, 255 is ink.</param>
    /// <param name="count">Number of images, 0 or more.</param>
    /// <param name="scores">Takes count x <see cref="ClassCount"/> scores; <see cref="Top"/> tells the best class of each.</param>
    /// <exception cref="ArgumentException">The number of pixels or of scores is not that of the model.</exception>
    public void PredictBatch(ReadOnlySpan<byte> pixels, int count, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        RequireLength(pixels.Length, count, PixelCount, "pixels", nameof(pixels));
        RequireLength(scores.Length, count, ClassCount, "scores", nameof(scores));
        program.Predict(pixels, count, scores);
    }

    /// <summary>The class with the largest of one image's scores; the lower key on a tie.</summary>
    /// <exception cref="ArgumentException">There is not one score a class.</exception>
    public TopPrediction Top(ReadOnlySpan<float> scores)
    {
        RequireLength(scores.Length, 1, ClassCount, "scores", nameof(scores));
        int best = 0;
        for (int key = 1; key < scores.Length; key++)
        {
            if (scores[key] > scores[best]) best = key;
        }

        return new TopPrediction(Labels[best], best, scores[best]);
    }

    /// <summary>Frees the compiled model (and the device, where it is the classifier's own). Not to be called while predictions run.</summary>
    public void Dispose()
    {
        if (SharedDefault.IsValueCreated && this == SharedDefault.Value) return;
        program.Dispose();
        ownDevice?.Dispose();
    }

    private static DigitClassifier LoadDefault()
    {
        using Stream model = typeof(DigitClassifier).Assembly.GetManifestResourceStream(DefaultModelResource)!;
        return Load(model);
    }

    private static DigitPrediction WithScores(TopPrediction top, float[] scores) => new(top.Label, top.Key, top.Score, scores);

    private void RequireLength(int received, int count, int each, string what, string parameter)
    {
        if (received == (long)count * each) return;
        var (images, need) = count == 1 ? ("1 image", "needs") : ($"{count} images", "need");
        throw new ArgumentException(
            $"{images} of this model ({Height}x{Width} pixels, {ClassCount} classes) {need} {(long)count * each} {what}, not {received}.", parameter);
    }
}
