namespace DigitML.Experiments.Evaluation;

/// <summary>Rows of one class that were predicted as another.</summary>
/// <param name="Actual">Key of the true class.</param>
/// <param name="Predicted">Key of the predicted class.</param>
/// <param name="Count">Number of rows, at least 1.</param>
/// <param name="Share">Fraction of the rows of the true class.</param>
internal sealed record ConfusedPair(int Actual, int Predicted, int Count, double Share)
{
    /// <summary>All pairs of a matrix, the most frequent first.</summary>
    internal static IEnumerable<ConfusedPair> Of(ConfusionCounts matrix) => Unordered(matrix).OrderByDescending(pair => pair.Count);

    private static IEnumerable<ConfusedPair> Unordered(ConfusionCounts matrix)
    {
        for (int actual = 0; actual < matrix.NumberOfClasses; actual++)
        {
            IReadOnlyList<int> row = matrix.Counts[actual];
            for (int predicted = 0; predicted < row.Count; predicted++)
            {
                if (actual != predicted && row[predicted] is > 0 and int count) yield return new ConfusedPair(actual, predicted, count, (double)count / matrix.PerClassSupport[actual]);
            }
        }
    }
}
