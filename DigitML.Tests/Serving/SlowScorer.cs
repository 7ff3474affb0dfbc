using DigitML.Engine.Datasets;
using DigitML.Model;

namespace DigitML.Tests.Serving;

/// <summary>A scorer that is no <see cref="DigitClassifier"/>, of images of 2x2: each batch takes a while, and every image is a 1.</summary>
internal sealed class SlowScorer(TimeSpan time) : IDigitScorer
{
    private int batches;

    public int Batches => batches;

    public LabelMap Labels { get; } = new(["0", "1"]);

    public int Height => 2;

    public int Width => 2;

    public void PredictBatch(ReadOnlySpan<byte> pixels, int count, Span<float> scores)
    {
        Interlocked.Increment(ref batches);
        Thread.Sleep(time);
        for (int i = 0; i < count; i++) (scores[2 * i], scores[2 * i + 1]) = (0.25f, 0.75f);
    }

    public void Dispose()
    {
    }
}
