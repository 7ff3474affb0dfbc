using DigitML.Model;

namespace DigitML.OnnxParity.Tests;

/// <summary>One model file, scored by DigitML and by ONNX Runtime.</summary>
internal static class ModelParity
{
    /// <summary>The largest difference of two scores that counts as rounding.</summary>
    internal const float Tolerance = 1e-4f;

    /// <summary>Asserts that both give every image the same label, and scores within the tolerance; fails with the image and the two answers where they do not.</summary>
    /// <param name="path">The model.</param>
    /// <param name="images">The images, whole numbers of 0 .. 255.</param>
    /// <param name="batchSize">Images that ONNX Runtime scores at once. DigitML scores all of them at once.</param>
    /// <returns>DigitML's scores, image by image.</returns>
    internal static float[] Holds(string path, Images images, int batchSize = 500)
    {
        using DigitClassifier classifier = DigitClassifier.Load(path);
        using var other = new OnnxRuntimeModel(path);
        int classCount = classifier.ClassCount, size = classifier.PixelCount;
        Assert.Equal((classifier.Height, classifier.Width, classCount), (other.Height, other.Width, other.ClassCount));
        var scores = new float[images.Count * classCount];
        classifier.PredictBatch(images.Bytes, images.Count, scores);
        for (int start = 0; start < images.Count; start += batchSize)
        {
            int count = Math.Min(batchSize, images.Count - start);
            (float[] otherScores, long[] keys) = other.Predict(images.Values[(start * size)..((start + count) * size)], count);
            for (int n = 0; n < count; n++)
            {
                Compare(start + n, classifier, scores.AsSpan((start + n) * classCount, classCount), otherScores.AsSpan(n * classCount, classCount), (int)keys[n]);
            }
        }

        return scores;
    }

    // Two scores within the rounding of each other may come out in either order; otherwise the labels are the same.
    private static void Compare(int image, DigitClassifier classifier, ReadOnlySpan<float> scores, ReadOnlySpan<float> otherScores, int otherKey)
    {
        TopPrediction top = classifier.Top(scores);
        Assert.True(
            top.Key == otherKey || scores[top.Key] - scores[otherKey] <= 2 * Tolerance,
            $"image {image}: DigitML says {top.Label}, ONNX Runtime says {classifier.Labels[otherKey]}");
        for (int key = 0; key < scores.Length; key++)
        {
            float difference = Math.Abs(scores[key] - otherScores[key]);
            Assert.True(difference <= Tolerance, $"image {image}, score of {classifier.Labels[key]}: DigitML says {scores[key]}, ONNX Runtime says {otherScores[key]}");
        }
    }
}
