using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Evaluation;

/// <summary>Evaluations of a few rows of one pixel in the classes a and b.</summary>
internal static class SmallEvaluation
{
    /// <param name="labels">N keys.</param>
    /// <param name="scores">N x 2 scores.</param>
    internal static EvaluationResult Of(int[] labels, float[] scores) => EvaluationResult.Of(
        new DigitFile(new DigitDataset("few.csv", 1, 1, new byte[labels.Length], labels, new LabelMap(["a", "b"])), "CSV", DroppedRows: 0), scores, elapsedSeconds: 0);
}
