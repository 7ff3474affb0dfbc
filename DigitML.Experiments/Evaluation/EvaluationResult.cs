using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using Microsoft.ML.Data;

namespace DigitML.Experiments.Evaluation;

/// <summary>The result of an evaluation: the rows, every score, and the metrics. A report can be written from it.</summary>
/// <param name="DatasetName">Name of the evaluated data.</param>
/// <param name="DatasetChecksum">Checksum of the rows as read; see <see cref="Data.DatasetChecksum"/>.</param>
/// <param name="LabelMap">The labels of the keys.</param>
/// <param name="Rows">Indices of the N evaluated rows in the dataset: those with a label.</param>
/// <param name="Scores">Scores, N x K, row-major.</param>
/// <param name="Labels">N true keys.</param>
/// <param name="Predicted">N predicted keys: those with the highest score; the lower key on a tie.</param>
/// <param name="DroppedRows">Number of rows dropped because their label is missing or unknown.</param>
/// <param name="Metrics">ML.NET's metrics over the evaluated rows.</param>
/// <param name="ElapsedSeconds">Time to predict the rows, in seconds.</param>
public sealed record EvaluationResult(
    string DatasetName,
    string DatasetChecksum,
    LabelMap LabelMap,
    int[] Rows,
    float[] Scores,
    int[] Labels,
    int[] Predicted,
    int DroppedRows,
    MulticlassClassificationMetrics Metrics,
    double ElapsedSeconds)
{
    /// <summary>Number of evaluated rows.</summary>
    public int RowCount => Labels.Length;

    /// <summary>ML.NET's confusion counts as whole numbers.</summary>
    public ConfusionCounts Confusion { get; } = new(
        [.. Metrics.ConfusionMatrix.Counts.Select(row => (int[])[.. row.Select(count => (int)count)])], LabelMap.Labels);

    /// <summary>The prediction of each evaluated row.</summary>
    public IEnumerable<ScoredRow> Predictions =>
        Rows.Select((row, i) => new ScoredRow(row, Labels[i], Predicted[i], Scores[i * LabelMap.Count + Predicted[i]]));

    /// <summary>Computes the metrics of a dataset's scores; rows without a label are counted as dropped.</summary>
    /// <param name="file">The data as read, with the number of rows dropped while reading.</param>
    /// <param name="scores">Scores, count x K, row-major; K is the size of the dataset's label map.</param>
    /// <param name="elapsedSeconds">Time to predict the rows, in seconds.</param>
    /// <param name="topKPredictionCount">The K of TopKAccuracy.</param>
    /// <exception cref="DigitMLException">No row has a label, or a score is not a finite number.</exception>
    public static EvaluationResult Of(DigitFile file, float[] scores, double elapsedSeconds, int topKPredictionCount = 3)
    {
        DigitDataset dataset = file.Dataset;
        int classes = dataset.LabelMap.Count;
        if (scores.LongLength != (long)dataset.Count * classes)
        {
            throw new ArgumentException($"{dataset.Count} rows of {classes} classes do not have {scores.Length} scores.", nameof(scores));
        }

        int[] rows = [.. Enumerable.Range(0, dataset.Count).Where(row => dataset.Labels[row] != DigitDataset.NoLabel)];
        if (rows.Length == 0) throw new DigitMLException($"{dataset.Name} has no labelled rows, which evaluation needs; add a column named label.");
        int[] labels = [.. rows.Select(row => dataset.Labels[row])];
        int[] predicted = [.. rows.Select(row => HighestOf(scores.AsSpan(row * classes, classes), row))];
        if (rows.Length < dataset.Count) scores = [.. rows.SelectMany(row => scores[(row * classes)..((row + 1) * classes)])];
        MulticlassClassificationMetrics metrics = MlNetEvaluation.Evaluate(scores, labels, predicted, dataset.LabelMap, topKPredictionCount);
        int dropped = file.DroppedRows + dataset.Count - rows.Length;
        return new EvaluationResult(
            dataset.Name, Data.DatasetChecksum.Of(dataset), dataset.LabelMap, rows, scores, labels, predicted, dropped, metrics, elapsedSeconds);
    }

    private static int HighestOf(ReadOnlySpan<float> scores, int row)
    {
        int highest = ArgMax.Of(scores);
        return highest >= 0 ? highest : throw new DigitMLException(
            $"Row {row + 1} has a score that is not a finite number, so this model is unusable: train it again with a lower learning rate.");
    }
}
