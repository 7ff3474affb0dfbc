namespace DigitML.Benchmarks.Charts;

/// <summary>Maps values to positions on a logarithmic axis.</summary>
/// <param name="Low">Value at <paramref name="Start"/>.</param>
/// <param name="High">Value at <paramref name="End"/>.</param>
/// <param name="Start">Position of the lowest value.</param>
/// <param name="End">Position of the highest value.</param>
internal sealed record LogScale(double Low, double High, double Start, double End)
{
    private static readonly int[] Steps = [1, 2, 5];

    /// <summary>The position of a value.</summary>
    internal double At(double value) => Start + (End - Start) * Math.Log(value / Low) / Math.Log(High / Low);

    /// <summary>1, 2 and 5 times the powers of ten on the axis.</summary>
    internal IEnumerable<(double Value, bool IsDecade)> Ticks() =>
        from power in Enumerable.Range(-9, 19)
        from step in Steps
        let value = step * Math.Pow(10, power)
        where value >= Low * 0.999 && value <= High * 1.001
        select (value, step == 1);

    /// <summary>The tick at or below a value.</summary>
    internal static double Below(double value) => All().Last(tick => tick <= value);

    /// <summary>The tick at or above a value.</summary>
    internal static double Above(double value) => All().First(tick => tick >= value);

    private static IEnumerable<double> All() => from power in Enumerable.Range(-9, 19) from step in Steps select step * Math.Pow(10, power);
}
