using System.Runtime.CompilerServices;
using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Model.Images;

namespace DigitML.Model;

/// <summary>
/// Recognises digits with a trained model. Thread-safe: one instance serves any number of threads at once. The overloads that write into a caller's span do not
/// allocate after the first calls.
/// </summary>
public sealed class DigitClassifier : IDigitScorer
{
    private const string DefaultModelResource = "DigitML.Model.default.onnx";

    private static readonly Lazy<DigitClassifier> SharedDefault = new(LoadDefault);

    private readonly CpuDevice? ownDevice;
    private readonly ModelProgram program;
    private bool isDisposed;

    /// <summary>Creates a classifier that runs a model on the CPU.</summary>
    /// <param name="model">The model; later changes to its weights have no effect.</param>
    /// <param name="options">Threads and numeric mode; null for the defaults.</param>
    /// <exception cref="DigitMLException">The number of threads is out of range, or a normalization is given for a model that says it itself.</exception>
    public DigitClassifier(DigitModel model, DigitClassifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new DigitClassifierOptions();
        if (options.Normalization is { } normalization) model = model.WithNormalization(normalization);
        Model = model;
        ownDevice = new CpuDevice(options.Threads, mode: options.NumericMode);
        try
        {
            program = new ModelProgram(model, ownDevice);
        }
        catch
        {
            ownDevice.Dispose();
            throw;
        }
    }

    /// <summary>Creates a classifier that runs a model on a device.</summary>
    /// <param name="model">The model; later changes to its weights have no effect.</param>
    /// <param name="device">Runs the model. The caller keeps ownership and disposes it after the classifier.</param>
    public DigitClassifier(DigitModel model, IDevice device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(device);
        Model = model;
        program = new ModelProgram(model, device);
    }

    /// <summary>
    /// Recognises the digits 0 to 9 with the built-in model: <c>compact</c>, trained on MNIST's 60,000 training digits. One instance for the whole process, created on first use;
    /// disposing it does nothing.
    /// </summary>
    public static DigitClassifier Default => SharedDefault.Value;

    /// <summary>
    /// The model. In a classifier loaded from a file it holds each network in its inference form, without dropout and with batch norm folded;
    /// <see cref="DigitModel.Load(string)"/> loads the networks as they were trained.
    /// </summary>
    public DigitModel Model { get; }

    /// <summary>The classes in key order.</summary>
    public LabelMap Labels => Model.Labels;

    /// <summary>Number of classes.</summary>
    public int ClassCount => Labels.Count;

    /// <summary>Rows of an image.</summary>
    public int Height => Model.InputShape.Height;

    /// <summary>Columns of an image.</summary>
    public int Width => Model.InputShape.Width;

    /// <summary>Pixels of an image: <see cref="Height"/> x <see cref="Width"/>.</summary>
    public int PixelCount => Height * Width;

    /// <summary>Loads an ONNX model file, to run on the CPU.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Threads and numeric mode; null for the defaults.</param>
    /// <exception cref="DigitMLException">
    /// The file cannot be read or holds something DigitML cannot run, or the number of threads is out of range; the message is one line.
    /// </exception>
    public static DigitClassifier Load(string path, DigitClassifierOptions? options = null)
    {
        PredictionWarmUp.Start();
        return new DigitClassifier(DigitModel.LoadForPrediction(path), options);
    }

    /// <summary>Loads an ONNX model file, to run on a device.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Runs the model. The caller keeps ownership and disposes it after the classifier.</param>
    /// <exception cref="DigitMLException">The file cannot be read or holds something DigitML cannot run; the message is one line.</exception>
    public static DigitClassifier Load(string path, IDevice device) => new(DigitModel.LoadForPrediction(path), device);

    /// <summary>Loads an ONNX model from a stream, which is read to its end, to run on the CPU.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="options">Threads and numeric mode; null for the defaults.</param>
    /// <exception cref="DigitMLException">
    /// The stream holds something DigitML cannot run, or the number of threads is out of range; the message is one line.
    /// </exception>
    public static DigitClassifier Load(Stream stream, DigitClassifierOptions? options = null)
    {
        PredictionWarmUp.Start();
        return new DigitClassifier(DigitModel.LoadForPrediction(stream), options);
    }

    /// <summary>Loads an ONNX model from a stream, which is read to its end, to run on a device.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="device">Runs the model. The caller keeps ownership and disposes it after the classifier.</param>
    /// <exception cref="DigitMLException">The stream holds something DigitML cannot run; the message is one line.</exception>
    public static DigitClassifier Load(Stream stream, IDevice device) => new(DigitModel.LoadForPrediction(stream), device);

    /// <summary>Predicts one image of the model's size.</summary>
    /// <param name="pixels">Height x Width bytes, row-major; 0 is background, 255 is ink.</param>
    /// <exception cref="ArgumentException">The number of pixels does not match the model.</exception>
    /// <exception cref="DigitMLException">A score is not a finite number.</exception>
    public DigitPrediction Predict(ReadOnlySpan<byte> pixels)
    {
        var scores = new float[ClassCount];
        return WithScores(Predict(pixels, scores), scores);
    }

    /// <summary>Predicts one image of the model's size.</summary>
    /// <param name="pixels">Height x Width numbers from 0 (background) to 255 (ink), row-major; not divided by 255.</param>
    /// <exception cref="ArgumentException">The number of pixels does not match the model, a pixel is not from 0 to 255, or there is ink but no pixel above 1.</exception>
    /// <exception cref="DigitMLException">A score is not a finite number.</exception>
    public DigitPrediction Predict(ReadOnlySpan<float> pixels)
    {
        var scores = new float[ClassCount];
        return WithScores(Predict(pixels, scores), scores);
    }

    /// <summary>
    /// Predicts a picture of any size, dark on light or light on dark. It is first converted to the model's size
    /// (<see cref="DigitImage.Prepare"/>).
    /// </summary>
    /// <exception cref="DigitMLException">The picture is empty, or a score is not a finite number.</exception>
    public DigitPrediction Predict(DigitImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Predict(image.Prepare(Height, Width).Pixels);
    }

    /// <summary>Predicts one image of the model's size without allocating.</summary>
    /// <param name="pixels">Height x Width bytes, row-major; 0 is background, 255 is ink.</param>
    /// <param name="scores">Receives the scores of the <see cref="ClassCount"/> classes.</param>
    /// <exception cref="ArgumentException">The number of pixels or scores does not match the model.</exception>
    /// <exception cref="DigitMLException">A score is not a finite number.</exception>
    public TopPrediction Predict(ReadOnlySpan<byte> pixels, Span<float> scores)
    {
        PredictBatch(pixels, 1, scores);
        return Top(scores);
    }

    /// <summary>Predicts one image of the model's size without allocating.</summary>
    /// <param name="pixels">Height x Width numbers from 0 (background) to 255 (ink), row-major; not divided by 255.</param>
    /// <param name="scores">Receives the scores of the <see cref="ClassCount"/> classes.</param>
    /// <exception cref="ArgumentException">The number of pixels or scores does not match the model, a pixel is not from 0 to 255, or there is ink but no pixel above 1.</exception>
    /// <exception cref="DigitMLException">A score is not a finite number.</exception>
    public TopPrediction Predict(ReadOnlySpan<float> pixels, Span<float> scores)
    {
        PredictBatch(pixels, 1, scores);
        return Top(scores);
    }

    /// <summary>Scores a batch of images of the model's size without allocating.</summary>
    /// <param name="pixels">count x Height x Width bytes, row-major; 0 is background, 255 is ink.</param>
    /// <param name="count">Number of images, 0 or more.</param>
    /// <param name="scores">Receives count x <see cref="ClassCount"/> scores; <see cref="Top"/> gives the class with the highest score for one image.</param>
    /// <exception cref="ArgumentException">The number of pixels or scores does not match the count, or the count is negative.</exception>
    /// <exception cref="DigitMLException">A score is not a finite number.</exception>
    [OverloadResolutionPriority(1)]
    public void PredictBatch(ReadOnlySpan<byte> pixels, int count, Span<float> scores)
    {
        Check(pixels.Length, count, scores.Length);
        program.Predict(pixels, count, scores);
        if (IndexOfNonFinite(scores) >= 0) throw TopPrediction.NotNumbers();
    }

    /// <summary>Scores a batch of images of the model's size without allocating.</summary>
    /// <param name="pixels">count x Height x Width numbers from 0 (background) to 255 (ink), row-major; not divided by 255.</param>
    /// <param name="count">Number of images, 0 or more.</param>
    /// <param name="scores">Receives count x <see cref="ClassCount"/> scores; <see cref="Top"/> gives the class with the highest score for one image.</param>
    /// <exception cref="ArgumentException">
    /// The number of pixels or scores does not match the count, the count is negative, a pixel is not from 0 to 255, or an image has ink but no pixel above 1.
    /// </exception>
    /// <exception cref="DigitMLException">A score is not a finite number.</exception>
    public void PredictBatch(ReadOnlySpan<float> pixels, int count, Span<float> scores)
    {
        Check(pixels.Length, count, scores.Length);
        for (int image = 0; image < count; image++) CheckImage(pixels.Slice(image * PixelCount, PixelCount), image);
        program.Predict(pixels, count, scores);
        if (IndexOfNonFinite(scores) >= 0) throw TopPrediction.NotNumbers();
    }

    /// <summary>Finds the class with the highest score of one image; the lower key on a tie.</summary>
    /// <exception cref="ArgumentException">The number of scores does not match the number of classes.</exception>
    /// <exception cref="DigitMLException">A score is not a finite number.</exception>
    public TopPrediction Top(ReadOnlySpan<float> scores) => TopPrediction.Of(Labels, scores);

    /// <summary>Frees the compiled model and, unless the caller owns the device, its threads. Do not call it while predictions run.</summary>
    public void Dispose()
    {
        if (isDisposed || (SharedDefault.IsValueCreated && this == SharedDefault.Value)) return;
        isDisposed = true;
        program.Dispose();
        ownDevice?.Dispose();
    }

    private static DigitClassifier LoadDefault()
    {
        using Stream model = typeof(DigitClassifier).Assembly.GetManifestResourceStream(DefaultModelResource)!;
        return Load(model);
    }

    private static DigitPrediction WithScores(TopPrediction top, float[] scores) => new(top.Label, top.Key, top.Score, scores);

    private void Check(int pixelCount, int count, int scoreCount)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        RequireLength(pixelCount, count, PixelCount, "pixels");
        RequireLength(scoreCount, count, ClassCount, "scores");
    }

    private void RequireLength(int received, int count, int each, string name)
    {
        if (received == (long)count * each) return;
        var (images, need) = count == 1 ? ("1 image", "needs") : ($"{count} images", "need");
        throw new ArgumentException(
            $"{images} of this model ({Height}x{Width} pixels, {ClassCount} classes) {need} {(long)count * each} {name}, not {received}.", name);
    }

    private static void CheckImage(ReadOnlySpan<float> pixels, int image)
    {
        int wrong = FloatImage.IndexOfWrong(pixels);
        if (wrong >= 0) throw new ArgumentException($"Pixel {wrong} of image {image} is {pixels[wrong]}; it must be a number from 0 to 255. Pixels and images count from 0.", nameof(pixels));
        if (FloatImage.IsFrom0To1(pixels)) throw new ArgumentException($"No pixel of image {image} is above 1; pixels must be from 0 (background) to 255 (ink): multiply them by 255. Images count from 0.", nameof(pixels));
    }

    private static int IndexOfNonFinite(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i])) return i;
        }

        return -1;
    }
}
