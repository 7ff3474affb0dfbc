using DigitML.Model;

namespace DigitML.MLNet;

/// <summary>Collects the images of several rows and scores them together. Not thread-safe.</summary>
/// <param name="copy">Copies the image of the current row.</param>
/// <param name="classifier">Scores the images.</param>
/// <param name="capacity">Maximum number of images.</param>
internal sealed class PixelReader(ImageCopy copy, DigitClassifier classifier, int capacity)
{
    private readonly byte[] images = new byte[capacity * classifier.PixelCount];

    /// <summary>Stores the image of the current row at an index.</summary>
    internal void Read(int place) => copy(images.AsSpan(place * classifier.PixelCount, classifier.PixelCount));

    /// <summary>Scores the first images: count x classes scores.</summary>
    internal void Predict(int count, Span<float> scores) => classifier.PredictBatch(images.AsSpan(0, count * classifier.PixelCount), count, scores);
}
