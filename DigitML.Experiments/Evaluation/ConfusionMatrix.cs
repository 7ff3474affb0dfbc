namespace DigitML.Experiments.Evaluation;

/// <summary>How often rows of each true class were given each class: ML.NET's ConfusionMatrix.</summary>
internal sealed class ConfusionMatrix
{
    /// <param name="counts">K x K: counts[actual][predicted].</param>
    /// <param name="labels">K names.</param>
    public ConfusionMatrix(IReadOnlyList<IReadOnlyList<int>> counts, IReadOnlyList<string> labels)
    {
        if (counts.Count != labels.Count || counts.Any(row => row.Count != labels.Count))
        {
            throw new ArgumentException($"{labels.Count} classes need {labels.Count} rows of {labels.Count} counts.", nameof(counts));
        }

        Counts = counts;
        Labels = labels;
        PerClassSupport = [.. counts.Select(row => row.Sum())];
        PerClassPredictions = [.. Enumerable.Range(0, labels.Count).Select(key => counts.Sum(row => row[key]))];
        PerClassPrecision = [.. PerClassPredictions.Select((predictions, key) => Share(counts[key][key], predictions))];
        PerClassRecall = [.. PerClassSupport.Select((support, key) => Share(counts[key][key], support))];
        PerClassF1 = [.. PerClassSupport.Select((support, key) => Share(2 * counts[key][key], support + PerClassPredictions[key]))];
    }

    /// <summary>Counts[actual][predicted].</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts { get; }

    /// <summary>The names of the classes, in key order.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>K.</summary>
    public int NumberOfClasses => Counts.Count;

    /// <summary>Rows that were given their own class: the sum of the diagonal.</summary>
    public int RightRows => Counts.Select((row, key) => row[key]).Sum();

    /// <summary>Share of the rows given a class that are of it; 0 where no row was given it.</summary>
    public IReadOnlyList<double> PerClassPrecision { get; }

    /// <summary>Share of the rows of a class that were given it; 0 where it has no rows.</summary>
    public IReadOnlyList<double> PerClassRecall { get; }

    /// <summary>Harmonic mean of precision and recall, 2·C[i][i] / (row sum + column sum); 0 where both sums are.</summary>
    public IReadOnlyList<double> PerClassF1 { get; }

    /// <summary>Rows of each class.</summary>
    public IReadOnlyList<int> PerClassSupport { get; }

    /// <summary>Rows that were given each class.</summary>
    public IReadOnlyList<int> PerClassPredictions { get; }

    /// <summary>How often rows of a class were given a class.</summary>
    public int GetCountForClassPair(int predicted, int actual) => Counts[actual][predicted];

    /// <summary>ML.NET's table of the counts with recall and precision; it starts with an empty line and ends with a line break.</summary>
    public string GetFormattedConfusionTable() => ConfusionTable.Format(this);

    private static double Share(int part, int whole) => whole > 0 ? (double)part / whole : 0;
}
