namespace DigitML.Experiments.Comparisons;

/// <summary>A comparison as <c>compare --json</c> prints it.</summary>
/// <param name="Runs">The runs in the order in which they were named.</param>
/// <param name="Differences">Every run after the first, compared with the first.</param>
/// <param name="Settings">The values of each setting that differs, in the order of the runs; "-" if a run lacks it.</param>
internal sealed record ComparisonJson(ComparisonJson.Run[] Runs, ComparisonJson.Difference[] Differences, Dictionary<string, IReadOnlyList<string>> Settings)
{
    internal sealed record Run(
        string Name, string Path, double MicroAccuracy, double MacroAccuracy, double LogLoss, int Mistakes, int Rows, string DatasetChecksum, int Epochs, double? Seconds);

    /// <summary>See <see cref="AccuracyDifference"/>; the results of McNemar's test are null if predictions were not kept.</summary>
    internal sealed record Difference(string Run, double Points, double Margin, double? PValue, int? OnlyFirstRight, int? OnlySecondRight, bool IsSignificant);
}
