using System.Diagnostics;
using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Evaluation;
using DigitML.MLNet;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.Experiments.Pipelines;

/// <summary>A fitted pipeline.</summary>
/// <param name="Context">The context it was created with.</param>
/// <param name="Model">The pipeline, from the columns Label and Pixels to Score and PredictedLabel.</param>
/// <param name="InputSchema">The columns it was fitted on.</param>
internal sealed record FittedPipeline(MLContext Context, ITransformer Model, DataViewSchema InputSchema) : IDisposable
{
    private const int RowsPerCheck = 500;

    /// <summary>The convolutional network; null if another trainer was used.</summary>
    internal DigitCnnTransformer? Network => (Model as IEnumerable<ITransformer>)?.LastOrDefault() as DigitCnnTransformer;

    /// <summary>Scores labelled rows and evaluates the scores.</summary>
    /// <param name="rows">The rows; their label map is that of the training rows.</param>
    /// <param name="cancellation">Cancels the evaluation between rows.</param>
    /// <exception cref="Engine.DigitMLException">No row has a label, or a score is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    internal EvaluationResult Evaluate(DigitFile rows, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        float[] scores = Score(rows.Dataset, cancellation);
        return EvaluationResult.Of(rows, scores, watch.Elapsed.TotalSeconds);
    }

    /// <summary>N x K scores, row-major.</summary>
    internal float[] Score(DigitDataset rows, CancellationToken cancellation)
    {
        IDataView scored = Model.Transform(Context.Data.LoadDigits(rows));
        DataViewSchema.Column column = scored.Schema["Score"];
        int classes = ((VectorDataViewType)column.Type).Size, row = 0;
        var scores = new float[rows.Count * classes];
        using DataViewRowCursor cursor = scored.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> values = default;
        while (cursor.MoveNext())
        {
            if (row % RowsPerCheck == 0) cancellation.ThrowIfCancellationRequested();
            get(ref values);
            values.CopyTo(scores.AsSpan(row++ * classes, classes));
        }

        return scores;
    }

    /// <summary>The pipeline as a model like any other, which can be saved as ML.NET's zip.</summary>
    internal PipelineScorer ToScorer() => new(Context, Model, InputSchema);

    /// <summary>Disposes the model.</summary>
    public void Dispose() => (Model as IDisposable)?.Dispose();
}
