namespace DigitML.Benchmarks;

/// <summary>Statistics of repeated measurements.</summary>
internal static class Statistics
{
    /// <summary>The middle value; the mean of the middle two if the number of values is even.</summary>
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
    /// The p-value of the exact permutation test of two samples, at most 24 values together: of all ways to split the values into samples of these sizes, the fraction whose
    /// means are at least as far apart. Fisher 1935, The Design of Experiments.
    /// </summary>
    internal static double PermutationTest(double[] one, double[] other)
    {
        double[] all = [.. one, .. other];
        if (all.Length > 24) throw new ArgumentException($"{all.Length} values have too many permutations; the limit is 24.", nameof(other));
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
