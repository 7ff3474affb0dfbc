using System.Diagnostics;
using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Model;
using DigitML.Experiments.Evaluation;

namespace DigitML.Experiments.Runs;

/// <summary>Lets a model score all rows of a dataset.</summary>
internal static class ModelScores
{
    private const int RowsAtOnce = 500;

    /// <summary>Metrics of a model on labelled rows.</summary>
    internal static EvaluationResult Evaluate(DigitModel model, DigitFile rows, IDevice device, CancellationToken cancellation)
    {
        (float[] scores, double seconds) = Of(model, rows.Dataset, device, cancellation);
        return EvaluationResult.Of(rows, scores, seconds);
    }

    /// <summary>N x K scores, row-major, and the seconds it took.</summary>
    internal static (float[] Scores, double Seconds) Of(DigitModel model, DigitDataset dataset, IDevice device, CancellationToken cancellation)
    {
        using var classifier = new DigitClassifier(model, device);
        int size = dataset.Height * dataset.Width, classes = classifier.ClassCount;
        var scores = new float[dataset.Count * classes];
        var watch = Stopwatch.StartNew();
        for (int start = 0; start < dataset.Count; start += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(RowsAtOnce, dataset.Count - start);
            classifier.PredictBatch(dataset.Pixels.AsSpan(start * size, count * size), count, scores.AsSpan(start * classes, count * classes));
        }

        return (scores, watch.Elapsed.TotalSeconds);
    }
}
