using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model;
using DigitML.Model.Images;
using DigitML.Tests.Images;

namespace DigitML.Tests.Model;

/// <summary>The forms that every scorer has, over one that is no network and over a classifier.</summary>
public class DigitScorerTests
{
    [Fact]
    public void The_forms_for_one_image_use_the_batch()
    {
        using IDigitScorer scorer = new InkScorer();
        Assert.Equal((2, 4), (scorer.ClassCount, scorer.PixelCount));
        byte[] pixels = [0, 255, 255, 51];
        DigitPrediction prediction = scorer.Predict(pixels);
        Assert.Equal(("ink", 1, 0.55f), (prediction.Label, prediction.Key, prediction.Score));
        Assert.Equal([0.45f, 0.55f], prediction.Scores);
        var scores = new float[2];
        Assert.Equal(new TopPrediction("ink", 1, 0.55f), scorer.Predict(pixels, scores));
        Assert.Equal(prediction.Scores, scores);
    }

    [Fact]
    public void A_picture_is_made_a_digit_of_the_scorers_size()
    {
        DigitClassifier classifier = DigitClassifier.Default;
        IDigitScorer scorer = classifier;
        DigitImage picture = TestPictures.Stroke(90, 120, inverted: true);
        Assert.Equal(classifier.Predict(picture).Scores, scorer.Predict(picture).Scores);
        Assert.Throws<ArgumentNullException>("image", () => scorer.Predict((DigitImage)null!));
    }

    [Fact]
    public void Top_takes_the_lower_key_on_a_tie_and_refuses_what_chooses_no_class()
    {
        using IDigitScorer scorer = new InkScorer();
        Assert.Equal(new TopPrediction("paper", 0, 0.5f), scorer.Top([0.5f, 0.5f]));
        Assert.StartsWith("The model's scores are not finite numbers", Assert.Throws<DigitMLException>(() => scorer.Top([float.NaN, 0.5f])).Message);
        Assert.StartsWith("The model's scores are not finite numbers", Assert.Throws<DigitMLException>(() => scorer.Top([0.5f, float.NaN])).Message);
        Assert.Equal("2 classes need 2 scores, not 3. (Parameter 'scores')", Assert.Throws<ArgumentException>(() => scorer.Top([0.1f, 0.2f, 0.7f])).Message);
        Assert.Throws<ArgumentNullException>("labels", () => TopPrediction.Of(null!, [0.5f]));
    }

    [Theory]
    [InlineData(new[] { 0.25f }, 0)]
    [InlineData(new[] { -3f, -1f, -2f }, 1)]
    [InlineData(new[] { 1f, 2f, 2f, 0f }, 1)]
    [InlineData(new float[0], -1)]
    [InlineData(new[] { float.NaN, 1f }, -1)]
    [InlineData(new[] { 1f, float.NaN }, -1)]
    [InlineData(new[] { 1f, float.PositiveInfinity }, -1)]
    [InlineData(new[] { float.NegativeInfinity, 1f }, -1)]
    public void The_largest_of_some_scores(float[] values, int expected) => Assert.Equal(expected, ArgMax.Of(values));

    /// <summary>Images of 2x2: the share of ink.</summary>
    private sealed class InkScorer : IDigitScorer
    {
        public LabelMap Labels { get; } = new(["paper", "ink"]);

        public int Height => 2;

        public int Width => 2;

        public void PredictBatch(ReadOnlySpan<byte> pixels, int count, Span<float> scores)
        {
            for (int i = 0; i < count; i++)
            {
                float ink = 0;
                foreach (byte pixel in pixels.Slice(4 * i, 4)) ink += pixel / 1020f;
                (scores[2 * i], scores[2 * i + 1]) = (1 - ink, ink);
            }
        }

        public void Dispose() { }
    }
}
