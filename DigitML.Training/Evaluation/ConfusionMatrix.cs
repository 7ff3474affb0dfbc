namespace DigitML.Training.Evaluation;

/// <summary>How often rows of each true class were given each class: ML.NET's ConfusionMatrix.</summary>
internal sealed class ConfusionMatrix
{
    public ConfusionMatrix(IReadOnlyList<IReadOnlyList<int>> counts, IReadOnlyList<string> labels) => throw new NotImplementedException();

    /// <summary>Counts[actual][predicted].</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts { get; }

    public IReadOnlyList<string> Labels { get; }

    public int NumberOfClasses => Counts.Count;

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    public int GetCountForClassPair(int predicted, int actual) => Counts[actual][predicted];

    public string GetFormattedConfusionTable() => throw new NotImplementedException();
}
