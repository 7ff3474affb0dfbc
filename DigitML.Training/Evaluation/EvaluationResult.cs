using DigitML.Engine.Datasets;

namespace DigitML.Training.Evaluation;

/// <summary>An evaluation as a value: what was evaluated, every score, and the metrics; a report can be made from it.</summary>
/// <param name="DatasetName">Where the rows come from.</param>
/// <param name="DatasetChecksum">Of the evaluated rows.</param>
/// <param name="LabelMap">What the keys mean.</param>
/// <param name="Scores">N x K, row-major.</param>
/// <param name="Labels">N true keys.</param>
/// <param name="Predicted">N keys of the highest score; the lower key on a tie.</param>
/// <param name="DroppedRows">Rows that were left out because their label is missing or unknown.</param>
/// <param name="Metrics">Over the evaluated rows.</param>
/// <param name="ElapsedSeconds">What predicting the rows took.</param>
internal sealed record EvaluationResult(
    string DatasetName,
    string DatasetChecksum,
    LabelMap LabelMap,
    float[] Scores,
    int[] Labels,
    int[] Predicted,
    int DroppedRows,
    MulticlassMetrics Metrics,
    double ElapsedSeconds)
{
    /// <summary>Number of evaluated rows.</summary>
    public int RowCount => Labels.Length;

    /// <summary>Computes the metrics of a dataset's scores; rows without a label are counted as dropped.</summary>
    /// <param name="file">The data as read, with the rows that reading left out.</param>
    /// <param name="scores">Count x K, row-major.</param>
    /// <param name="elapsedSeconds">What predicting the rows took.</param>
    /// <param name="topKPredictionCount">The K of TopKAccuracy.</param>
    public static EvaluationResult Of(Data.DigitFile file, float[] scores, double elapsedSeconds, int topKPredictionCount = 3) =>
        throw new NotImplementedException();
}
