using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Evaluation;

/// <summary>Evaluations of given scores or counts.</summary>
internal static class Matrices
{
    /// <summary>The evaluation of rows that were certain of their class, so many of each pair as counts[actual][predicted] says.</summary>
    public static EvaluationResult Of(string[] labels, int[][] counts)
    {
        var scores = new List<float>();
        var keys = new List<int>();
        for (int actual = 0; actual < labels.Length; actual++)
        {
            for (int predicted = 0; predicted < labels.Length; predicted++)
            {
                for (int n = 0; n < counts[actual][predicted]; n++)
                {
                    keys.Add(actual);
                    scores.AddRange(Enumerable.Range(0, labels.Length).Select(key => key == predicted ? 1f : 0f));
                }
            }
        }

        return Evaluate([.. scores], [.. keys], new LabelMap(labels));
    }

    /// <summary>The evaluation of scores, N x K, with N true keys.</summary>
    public static EvaluationResult Evaluate(float[] scores, int[] labels, LabelMap labelMap, int topKPredictionCount = 3) => EvaluationResult.Of(
        new DigitFile(new DigitDataset("rows", 1, 1, new byte[labels.Length], labels, labelMap), "CSV", DroppedRows: 0), scores, elapsedSeconds: 0, topKPredictionCount);
}
