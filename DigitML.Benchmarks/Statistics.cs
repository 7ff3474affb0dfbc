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

    /// <summary>
    /// The exact permutation test of two samples, at most 24 values together: were all of one kind, how often would as many of them, drawn at random, have means
    /// at least as far apart? Fisher 1935, The Design of Experiments.
    /// </summary>
    internal static double PermutationTest(double[] one, double[] other)
    {
        double[] all = [.. one, .. other];
        if (all.Length > 24) throw new ArgumentException($"{all.Length} values have too many permutations; 24 are the most.", nameof(other));
        double observed = Math.Abs(one.Average() - other.Average());
        int splits = 0, asFar = 0;
        for (int chosen = 0; chosen < 1 << all.Length; chosen++)
        {
            if (int.PopCount(chosen) != one.Length) continue;
            double sum = 0;
            for (int i = 0; i < all.Length; i++) sum += (chosen >> i & 1) * all[i];
            double apart = Math.Abs(sum / one.Length - (all.Sum() - sum) / other.Length);
            splits++;
            if (apart >= observed - 1e-12) asFar++;
        }

        return (double)asFar / splits;
    }
}
