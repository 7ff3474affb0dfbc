using DigitML.Engine.Datasets;

namespace DigitML.Training.Evaluation;

/// <summary>ML.NET's MulticlassClassificationMetrics.</summary>
internal sealed record MulticlassMetrics
{
    public required double MicroAccuracy { get; init; }

    public required double MacroAccuracy { get; init; }

    public required double LogLoss { get; init; }

    public required double LogLossReduction { get; init; }

    public double TopKAccuracy => TopKAccuracyForAllK[^1];

    public int TopKPredictionCount => TopKAccuracyForAllK.Count;

    public required IReadOnlyList<double> TopKAccuracyForAllK { get; init; }

    public required IReadOnlyList<double> PerClassLogLoss { get; init; }

    public required ConfusionMatrix ConfusionMatrix { get; init; }

    /// <param name="scores">N x K.</param>
    /// <param name="labels">N keys.</param>
    public static MulticlassMetrics Compute(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, LabelMap labelMap, int topKPredictionCount = 3) =>
        throw new NotImplementedException();
}
