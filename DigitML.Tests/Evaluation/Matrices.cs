using DigitML.Engine.Datasets;
using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Evaluation;

/// <summary>Metrics of given counts, for tests of texts.</summary>
internal static class Matrices
{
    /// <summary>Metrics of rows that were certain of their class, so many of each pair as counts[actual][predicted] says.</summary>
    public static MulticlassMetrics MetricsOf(string[] labels, int[][] counts)
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

        return MulticlassMetrics.Compute(scores.ToArray(), keys.ToArray(), new LabelMap(labels));
    }
}
