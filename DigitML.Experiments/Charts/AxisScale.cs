using System.Collections.Immutable;
using System.Globalization;
using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Charts;

/// <summary>Maps values to positions on an axis, linear or logarithmic.</summary>
/// <param name="Low">Value at <paramref name="Start"/>.</param>
/// <param name="High">Value at <paramref name="End"/>.</param>
/// <param name="Start">Position of the lowest value.</param>
/// <param name="End">Position of the highest value.</param>
/// <param name="IsLogarithmic">True if the axis is logarithmic.</param>
/// <param name="Ticks">Round values on the axis, ascending.</param>
/// <param name="HasZero">True if the first tick of a logarithmic axis stands for 0.</param>
internal sealed record AxisScale(double Low, double High, double Start, double End, bool IsLogarithmic, ImmutableArray<double> Ticks, bool HasZero = false)
{
    private const int TargetTicks = 5, MostDecimals = 4;
    private const double LowestWithoutValues = 0.01;

    private static readonly double[] Steps = [1, 2, 5];

    /// <summary>A linear axis from the first round value at or below the smallest value to the first at or above the largest.</summary>
    internal static AxisScale Linear(IEnumerable<double> values, double start, double end)
    {
        double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
        double low = finite.Min(), high = finite.Max();
        if (high - low < 1e-9 * Math.Max(Math.Abs(high), 1))
        {
            double margin = high == 0 ? 1 : Math.Abs(high) / 10;
            (low, high) = (low - margin, high + margin);
        }

        double step = RoundUp((high - low) / TargetTicks);
        int first = (int)Math.Floor(low / step + 1e-9), last = (int)Math.Ceiling(high / step - 1e-9);
        return new AxisScale(first * step, last * step, start, end, false, [.. Enumerable.Range(first, last - first + 1).Select(i => i * step)]);
    }

    /// <summary>A linear axis of whole numbers from the smallest to the largest, with ticks at some of them; one number is in its middle.</summary>
    internal static AxisScale Whole(int low, int high, double start, double end)
    {
        if (low == high) return new AxisScale(low - 1, low + 1, start, end, false, [low]);
        int step = Math.Max((int)RoundUp((high - low) / (double)TargetTicks), 1);
        int[] between = [.. Enumerable.Range(low, high - low + 1).Where(value => value % step == 0)];
        return new AxisScale(low, high, start, end, false, [.. (between.Length > 0 ? between : [low]).Select(value => (double)value)]);
    }

    /// <summary>
    /// A logarithmic axis from the first of 1, 2, 5, 10, ... at or below the smallest value above 0 to the first at or above the largest. If there are zeros, it starts one such step
    /// lower, with a tick that stands for 0.
    /// </summary>
    internal static AxisScale Logarithmic(IEnumerable<double> values, double start, double end)
    {
        double[] finite = [.. values.Where(double.IsFinite)], positive = [.. finite.Where(value => value > 0).DefaultIfEmpty(LowestWithoutValues)];
        double low = positive.Min(), high = positive.Max();
        int firstPower = (int)Math.Floor(Math.Log10(low)) - 1, lastPower = (int)Math.Ceiling(Math.Log10(high));
        double[] marks = [.. from power in Enumerable.Range(firstPower, lastPower - firstPower + 1) from step in Steps select step * Math.Pow(10, power)];
        double to = marks.First(mark => mark >= high * (1 - 1e-9)), from = marks.Last(mark => mark <= low * (1 + 1e-9) && mark < to);
        bool hasZero = finite.Any(value => value <= 0);
        if (hasZero) from = marks.Last(mark => mark < from);
        double[] ticks = [.. marks.Where(mark => mark >= from && mark <= to)];
        return new AxisScale(from, to, start, end, true, [.. ticks.Length > 2 * TargetTicks ? ticks.Where(tick => IsPowerOfTen(tick) || (hasZero && tick == from)) : ticks], hasZero);
    }

    /// <summary>The position of a value; values outside the axis are clamped to its ends.</summary>
    internal double At(double value)
    {
        double share = IsLogarithmic ? Math.Log(Math.Max(value, Low) / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);
        return Start + (End - Start) * Math.Clamp(share, 0, 1);
    }

    /// <summary>True if a tick stands for 0.</summary>
    internal bool IsZero(double tick) => tick == 0 || (HasZero && tick == Low);

    /// <summary>A tick as text, with as many decimals as the ticks need: "0.05", "1,000", "2e-7".</summary>
    internal string Text(double tick)
    {
        if (IsZero(tick) && IsLogarithmic) return "0";
        double step = Ticks.Length > 1 ? Ticks[1] - Ticks[0] : 1;
        int decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(step) + 1e-9));
        return IsLogarithmic || decimals > MostDecimals ? NumberText.Short(tick) : tick.ToString($"N{decimals}", CultureInfo.InvariantCulture);
    }

    // The smallest of 1, 2, 5, 10, ... times a power of ten that is at least the value.
    private static double RoundUp(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return Steps.Append(10).First(step => step * power >= value * (1 - 1e-9)) * power;
    }

    private static bool IsPowerOfTen(double value) => Math.Abs(Math.Log10(value) - Math.Round(Math.Log10(value))) < 1e-9;
}
