using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>Measures weights on validation rows.</summary>
internal sealed class Validator : IDisposable
{
    private const int MostRowsAtOnce = 1000;
    private const double LeastScore = 1e-15;

    private readonly DigitDataset dataset;
    private readonly PixelLookup pixels;
    private readonly IInferenceProgram program;
    private readonly float[] images, scores;
    private readonly int rowsAtOnce, classes;

    internal Validator(IDevice device, NetworkWeights weights, DigitDataset dataset, PixelNormalization normalization)
    {
        this.dataset = dataset;
        pixels = new PixelLookup(normalization);
        program = device.CompileInference(weights);
        rowsAtOnce = Math.Min(MostRowsAtOnce, dataset.Count);
        classes = weights.Network.ClassCount;
        images = new float[rowsAtOnce * dataset.Height * dataset.Width];
        scores = new float[rowsAtOnce * classes];
    }

    /// <summary>Mean cross-entropy (−ln of the true class's score, clamped to at least 1e-15) and the share of rows predicted correctly (on
    /// a tie, the lower class counts).</summary>
    internal (double Loss, double Accuracy) Measure(NetworkWeights weights)
    {
        program.Load(weights);
        int size = dataset.Height * dataset.Width, correct = 0;
        double loss = 0;
        for (int start = 0; start < dataset.Count; start += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, dataset.Count - start);
            pixels.Normalize(dataset.Pixels.AsSpan(start * size, count * size), images);
            program.Predict(images.AsSpan(0, count * size), count, scores.AsSpan(0, count * classes));
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<float> row = scores.AsSpan(i * classes, classes);
                int label = dataset.Labels[start + i];
                loss -= Math.Log(Math.Clamp(row[label], LeastScore, 1));
                if (ArgMax.Of(row) == label) correct++;
            }
        }

        return (loss / dataset.Count, (double)correct / dataset.Count);
    }

    public void Dispose() => program.Dispose();
}
