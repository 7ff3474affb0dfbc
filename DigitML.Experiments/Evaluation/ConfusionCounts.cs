namespace DigitML.Experiments.Evaluation;

/// <summary>How many rows of each true class were predicted as each class, with figures that ML.NET's <c>ConfusionMatrix</c> does not offer.</summary>
public sealed class ConfusionCounts
{
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
        int[] predictions = [.. Enumerable.Range(0, labels.Count).Select(key => counts.Sum(row => row[key]))];
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
}
