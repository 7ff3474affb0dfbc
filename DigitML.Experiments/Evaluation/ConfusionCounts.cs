namespace DigitML.Experiments.Evaluation;

/// <summary>How many rows of each true class were predicted as each class, with figures that ML.NET's <c>ConfusionMatrix</c> does not offer.</summary>
public sealed class ConfusionCounts
{
    /// <summary>The most classes that a table or a file shows as a matrix, whose size grows with the square of their number.</summary>
    internal const int MostShown = 50;

    /// <summary>Creates the counts of labelled classes.</summary>
    /// <param name="counts">K x K: counts[actual][predicted].</param>
    /// <param name="labels">The K labels in key order.</param>
    /// <exception cref="ArgumentException">There is not one row and one column per label.</exception>
    public ConfusionCounts(IReadOnlyList<IReadOnlyList<int>> counts, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(labels);
        if (counts.Count != labels.Count || counts.Any(row => row.Count != labels.Count))
        {
            throw new ArgumentException($"{labels.Count} classes need {labels.Count} rows of {labels.Count} counts.", nameof(counts));
        }

        Counts = counts;
        Labels = labels;
        PerClassSupport = [.. counts.Select(row => row.Sum())];
        int[] predictions = new int[labels.Count];
        foreach (IReadOnlyList<int> row in counts)
        {
            for (int key = 0; key < predictions.Length; key++) predictions[key] += row[key];
        }

        PerClassF1 = [.. PerClassSupport.Select((support, key) => support + predictions[key] is > 0 and int sums ? 2.0 * counts[key][key] / sums : 0)];
    }

    /// <summary>The counts: Counts[actual][predicted].</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts { get; }

    /// <summary>The labels of the classes in key order.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The number of classes, K.</summary>
    public int NumberOfClasses => Counts.Count;

    /// <summary>Number of rows predicted correctly: the sum of the diagonal.</summary>
    public int CorrectRows => Counts.Select((row, key) => row[key]).Sum();

    /// <summary>Number of rows of each class.</summary>
    public IReadOnlyList<int> PerClassSupport { get; }

    /// <summary>Harmonic mean of precision and recall, 2·C[i][i] / (row sum + column sum); 0 where both sums are 0.</summary>
    public IReadOnlyList<double> PerClassF1 { get; }

    /// <summary>The keys of the classes that a matrix shows, in their order: all, or those in most mistakes, as the true or the predicted class.</summary>
    internal IReadOnlyList<int> ShownKeys()
    {
        if (NumberOfClasses <= MostShown) return [.. Enumerable.Range(0, NumberOfClasses)];
        var mistakes = new int[NumberOfClasses];
        foreach (ConfusedPair pair in ConfusedPair.Of(this))
        {
            mistakes[pair.Actual] += pair.Count;
            mistakes[pair.Predicted] += pair.Count;
        }

        return [.. Enumerable.Range(0, NumberOfClasses).OrderByDescending(key => mistakes[key]).Take(MostShown).Order()];
    }
}
