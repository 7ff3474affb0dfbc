namespace DigitML.Experiments.Evaluation;

/// <summary>Rows of one class that were predicted as another.</summary>
/// <param name="Actual">Key of the true class.</param>
/// <param name="Predicted">Key of the predicted class.</param>
/// <param name="Count">Number of rows, at least 1.</param>
/// <param name="Share">Fraction of the rows of the true class.</param>
internal sealed record ConfusedPair(int Actual, int Predicted, int Count, double Share)
{
    /// <summary>All pairs of a matrix, the most frequent first.</summary>
    internal static IEnumerable<ConfusedPair> Of(ConfusionCounts matrix) =>
        from actual in Enumerable.Range(0, matrix.NumberOfClasses)
        from predicted in Enumerable.Range(0, matrix.NumberOfClasses)
        let count = matrix.Counts[actual][predicted]
        where actual != predicted && count > 0
        orderby count descending
        select new ConfusedPair(actual, predicted, count, (double)count / matrix.PerClassSupport[actual]);
}
