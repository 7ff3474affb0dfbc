using System.Diagnostics;
using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Model;

namespace DigitML.Experiments.Evaluation;

/// <summary>Scores the rows of a dataset with any model and computes metrics.</summary>
public static class ScorerEvaluation
{
    private const int RowsAtOnce = 500;

    /// <summary>Evaluates a model on labelled rows, with ML.NET's metrics.</summary>
    /// <param name="scorer">The model.</param>
    /// <param name="rows">The rows, read with the model's labels.</param>
    /// <param name="cancellation">Cancels the evaluation between batches.</param>
    /// <exception cref="Engine.DigitMLException">No row has a label, or a score is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public static EvaluationResult Evaluate(this IDigitScorer scorer, DigitFile rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentNullException.ThrowIfNull(rows);
        (float[] scores, double seconds) = scorer.Score(rows.Dataset, cancellation);
        return EvaluationResult.Of(rows, scores, seconds);
    }

    /// <summary>Scores all rows.</summary>
    /// <param name="scorer">The model.</param>
    /// <param name="dataset">Images of the model's size.</param>
    /// <param name="cancellation">Cancels the evaluation between batches.</param>
    /// <returns>N x K scores, row-major, and the time in seconds.</returns>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public static (float[] Scores, double Seconds) Score(this IDigitScorer scorer, DigitDataset dataset, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentNullException.ThrowIfNull(dataset);
        int size = dataset.Height * dataset.Width, classes = scorer.Labels.Count;
        var scores = new float[dataset.Count * classes];
        var watch = Stopwatch.StartNew();
        for (int start = 0; start < dataset.Count; start += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(RowsAtOnce, dataset.Count - start);
            scorer.PredictBatch(dataset.Pixels.AsSpan(start * size, count * size), count, scores.AsSpan(start * classes, count * classes));
        }

        return (scores, watch.Elapsed.TotalSeconds);
    }
}
