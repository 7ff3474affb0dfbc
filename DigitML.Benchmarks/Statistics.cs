namespace DigitML.Benchmarks;

/// <summary>Figures of repeated measurements.</summary>
internal static class Statistics
{
    /// <summary>The middle value; the mean of the middle two where their number is even.</summary>
    internal static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Standard deviation of a sample (n − 1); 0 for one value.</summary>
    internal static double Deviation(double[] values)
    {
        double mean = values.Average();
        return values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
