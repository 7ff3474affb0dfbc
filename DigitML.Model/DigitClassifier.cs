using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Model.Images;

namespace DigitML.Model;

/// <summary>
/// Reads digits with a trained model. One instance serves any number of threads at once; the forms that write into a caller's span do not allocate once
/// they are warm.
/// </summary>
public sealed class DigitClassifier : IDisposable
{
    /// <summary>Makes a classifier of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="device">What runs it; it stays the caller's. Where null, the processor.</param>
    public DigitClassifier(DigitModel model, IDevice? device = null) => Model = model;

    /// <summary>The model.</summary>
    public DigitModel Model { get; }

    /// <summary>What the classes are called, in key order.</summary>
    public LabelMap Labels => Model.Labels;

    /// <summary>Number of classes.</summary>
    public int ClassCount => Labels.Count;

    /// <summary>Rows of an image.</summary>
    public int Height => Model.Network.InputShape.Height;

    /// <summary>Columns of an image.</summary>
    public int Width => Model.Network.InputShape.Width;

    /// <summary>Pixels of an image: <see cref="Height"/> x <see cref="Width"/>.</summary>
    public int PixelCount => Height * Width;

    /// <summary>Makes a classifier of an ONNX model file.</summary>
    /// <exception cref="DigitMLException">The file cannot be read or holds something DigitML cannot run; the message is one line.</exception>
    public static DigitClassifier Load(string path, IDevice? device = null) => new(DigitModel.Load(path), device);

    /// <summary>Makes a classifier of an ONNX model in a stream, which stays open.</summary>
    /// <exception cref="DigitMLException">The stream holds something DigitML cannot run; the message is one line.</exception>
    public static DigitClassifier Load(Stream stream, IDevice? device = null) => new(DigitModel.Load(stream), device);

    /// <summary>Reads one image of the model's size.</summary>
    /// <param name="pixels">Height x Width bytes, row-major; 0 is background, 255 is ink.</param>
    /// <exception cref="ArgumentException">The number of pixels is not that of the model.</exception>
    public DigitPrediction Predict(ReadOnlySpan<byte> pixels) => throw new NotImplementedException();

    /// <summary>Reads one image of the model's size.</summary>
    /// <param name="pixels">Height x Width values of 0 .. 255, row-major; 0 is background, 255 is ink.</param>
    /// <exception cref="ArgumentException">The number of pixels is not that of the model.</exception>
    public DigitPrediction Predict(ReadOnlySpan<float> pixels) => throw new NotImplementedException();

    /// <summary>Reads a picture of any size, dark on light or light on dark: it is made a digit of the model's size first (<see cref="DigitImage.Prepare"/>).</summary>
    /// <exception cref="DigitMLException">The picture is empty.</exception>
    public DigitPrediction Predict(DigitImage image) => throw new NotImplementedException();

    /// <summary>Reads one image of the model's size without allocating.</summary>
    /// <param name="pixels">Height x Width bytes, row-major; 0 is background, 255 is ink.</param>
    /// <param name="scores">Takes the scores of the <see cref="ClassCount"/> classes.</param>
    /// <exception cref="ArgumentException">The number of pixels or of scores is not that of the model.</exception>
    public TopPrediction Predict(ReadOnlySpan<byte> pixels, Span<float> scores) => throw new NotImplementedException();

    /// <summary>Reads one image of the model's size without allocating.</summary>
    /// <param name="pixels">Height x Width values of 0 .. 255, row-major; 0 is background, 255 is ink.</param>
    /// <param name="scores">Takes the scores of the <see cref="ClassCount"/> classes.</param>
    /// <exception cref="ArgumentException">The number of pixels or of scores is not that of the model.</exception>
    public TopPrediction Predict(ReadOnlySpan<float> pixels, Span<float> scores) => throw new NotImplementedException();

    /// <summary>Reads a number of images of the model's size without allocating.</summary>
    /// <param name="pixels">count x Height x Width bytes; 0 is background, 255 is ink.</param>
    /// <param name="count">Number of images, 0 or more.</param>
    /// <param name="scores">Takes count x <see cref="ClassCount"/> scores.</param>
    /// <exception cref="ArgumentException">The number of pixels or of scores is not that of the model.</exception>
    public void PredictBatch(ReadOnlySpan<byte> pixels, int count, Span<float> scores) => throw new NotImplementedException();

    /// <summary>The class with the largest score; the lower key on a tie.</summary>
    public TopPrediction Top(ReadOnlySpan<float> scores) => throw new NotImplementedException();

    /// <summary>Frees the compiled model (and the device, where it is the classifier's own).</summary>
    public void Dispose()
    {
    }
}
