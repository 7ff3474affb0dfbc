using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Model;

/// <summary>
/// Scores images of one size with any kind of model. Evaluation, submissions, comparisons and the server use it. <see cref="DigitScorerExtensions"/> adds the
/// methods for one image.
/// </summary>
public interface IDigitScorer : IDisposable
{
    /// <summary>The classes in key order.</summary>
    LabelMap Labels { get; }

    /// <summary>Rows of an image.</summary>
    int Height { get; }

    /// <summary>Columns of an image.</summary>
    int Width { get; }

    /// <summary>Scores a batch of images. Thread-safe.</summary>
    /// <param name="pixels">count x <see cref="Height"/> x <see cref="Width"/> bytes, row-major; 0 is background, 255 is ink.</param>
    /// <param name="count">Number of images, 0 or more.</param>
    /// <param name="scores">Receives count x classes scores, row-major; the scores of an image are in key order.</param>
    /// <exception cref="ArgumentException">The number of pixels or scores does not match the count, or the count is negative.</exception>
    /// <exception cref="DigitMLException">A score is not a finite number.</exception>
    void PredictBatch(ReadOnlySpan<byte> pixels, int count, Span<float> scores);
}
