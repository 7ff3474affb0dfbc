using System.Globalization;

namespace DigitML.Benchmarks;

/// <summary>Mean and sample standard deviation of accuracies over seeds.</summary>
internal sealed record Spread(double Mean, double StandardDeviation)
{
    internal static Spread Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return new Spread(all.Average(), Statistics.Deviation(all));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean * 100:0.000} % ± {StandardDeviation * 100:0.000}");
}
