using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Evaluation;
using DigitML.Model;

namespace DigitML.Tests.Evaluation;

public class ScorerEvaluationTests
{
    // More than two batches, the last one not full.
    private const int Rows = 1_037;

    [Fact]
    public void Each_row_gets_the_scores_of_its_own_pixels()
    {
        using var scorer = new InkScorer();
        (float[] scores, double seconds) = scorer.Score(Digits());
        Assert.Equal(Enumerable.Range(0, Rows).SelectMany(row => InkScorer.ScoresOf((byte)row)), scores);
        Assert.InRange(seconds, 0, 60);
        Assert.True(scorer.Batches.Sum() == Rows && scorer.Batches.Count > 2, string.Join(' ', scorer.Batches));
    }

    [Fact]
    public void Rows_are_evaluated_against_their_labels()
    {
        using var scorer = new InkScorer();
        EvaluationResult evaluation = scorer.Evaluate(new DigitFile(Digits(), "CSV", DroppedRows: 3));
        Assert.Equal((Rows, 3), (evaluation.RowCount, evaluation.DroppedRows));
        Assert.Equal(Enumerable.Range(0, Rows).Count(row => (row & 0xFF) >= 128 == (row % 2 == 1)) / (double)Rows, evaluation.Metrics.MicroAccuracy, 12);
    }

    [Fact]
    public void It_can_be_stopped_between_batches()
    {
        using var stop = new CancellationTokenSource();
        using var scorer = new InkScorer { Scored = stop.Cancel };
        Assert.Throws<OperationCanceledException>(() => scorer.Score(Digits(), stop.Token));
        Assert.Single(scorer.Batches);
    }

    [Fact]
    public void Nothing_is_refused_by_name()
    {
        using var scorer = new InkScorer();
        Assert.Equal("scorer", Assert.Throws<ArgumentNullException>(() => ((IDigitScorer)null!).Score(Digits())).ParamName);
        Assert.Equal("scorer", Assert.Throws<ArgumentNullException>(() => ((IDigitScorer)null!).Evaluate(new DigitFile(Digits(), "CSV", 0))).ParamName);
        Assert.Equal("dataset", Assert.Throws<ArgumentNullException>(() => scorer.Score(null!)).ParamName);
        Assert.Equal("rows", Assert.Throws<ArgumentNullException>(() => scorer.Evaluate(null!)).ParamName);
    }

    private static DigitDataset Digits() => new(
        "rows", 2, 3, [.. Enumerable.Range(0, Rows).SelectMany(row => Enumerable.Repeat((byte)row, 6))], [.. Enumerable.Range(0, Rows).Select(row => row % 2)], new LabelMap(["light", "dark"]));

    // Takes an image of equal pixels for light or dark.
    private sealed class InkScorer : IDigitScorer
    {
        public List<int> Batches { get; } = [];

        public Action? Scored { get; init; }

        public LabelMap Labels { get; } = new(["light", "dark"]);

        public int Height => 2;

        public int Width => 3;

        public static float[] ScoresOf(byte ink) => [1 - ink / 255f, ink / 255f];

        public void PredictBatch(ReadOnlySpan<byte> pixels, int count, Span<float> scores)
        {
            Assert.Equal((count * 6, count * 2), (pixels.Length, scores.Length));
            Batches.Add(count);
            for (int row = 0; row < count; row++) ScoresOf(pixels[row * 6]).CopyTo(scores[(row * 2)..]);
            Scored?.Invoke();
        }

        public void Dispose()
        {
        }
    }
}
