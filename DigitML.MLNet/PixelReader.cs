using System.Numerics.Tensors;
using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>Collects the images of several rows and scores them together. Not thread-safe.</summary>
internal abstract class PixelReader
{
    /// <summary>Stores the image of the current row at an index.</summary>
    internal abstract void Read(int place);

    /// <summary>Scores the first images: count x classes scores.</summary>
    internal abstract void Predict(int count, Span<float> scores);

    /// <summary>A reader of a column.</summary>
    /// <param name="row">The row or cursor; the column is active.</param>
    /// <param name="pixels">The column.</param>
    /// <param name="classifier">Scores the images.</param>
    /// <param name="scale">The factor that scales floats to 0 to 255.</param>
    /// <param name="capacity">Maximum number of images.</param>
    internal static PixelReader Of(DataViewRow row, PixelColumn pixels, DigitClassifier classifier, float scale, int capacity) =>
        pixels.IsBytes ? new ByteReader(row, pixels, classifier, capacity) : new FloatReader(row, pixels, classifier, scale, capacity);

    private sealed class ByteReader(DataViewRow row, PixelColumn pixels, DigitClassifier classifier, int capacity) : PixelReader
    {
        private readonly ValueGetter<VBuffer<byte>> get = row.GetGetter<VBuffer<byte>>(pixels.Column);
        private readonly byte[] images = new byte[capacity * pixels.Size];
        private VBuffer<byte> image;

        internal override void Read(int place)
        {
            get(ref image);
            pixels.Copy(image, images.AsSpan(place * pixels.Size, pixels.Size));
        }

        internal override void Predict(int count, Span<float> scores) => classifier.PredictBatch(images.AsSpan(0, count * pixels.Size), count, scores);
    }

    private sealed class FloatReader(DataViewRow row, PixelColumn pixels, DigitClassifier classifier, float scale, int capacity) : PixelReader
    {
        private readonly ValueGetter<VBuffer<float>> get = row.GetGetter<VBuffer<float>>(pixels.Column);
        private readonly float[] images = new float[capacity * pixels.Size];
        private VBuffer<float> image;

        internal override void Read(int place)
        {
            get(ref image);
            Span<float> values = images.AsSpan(place * pixels.Size, pixels.Size);
            pixels.Copy(image, values);
            TensorPrimitives.Multiply(values, scale, values);
        }

        internal override void Predict(int count, Span<float> scores) => classifier.PredictBatch((ReadOnlySpan<float>)images.AsSpan(0, count * pixels.Size), count, scores);
    }
}
