using System.Globalization;
using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Charts;

/// <summary>The vertical axis of a line chart: its scale, and how its values are written.</summary>
/// <param name="IsLogarithmic">True if equal factors are equally far apart.</param>
/// <param name="IsErrorRate">True if values are error rates, written as percentages with the accuracy beside them.</param>
internal sealed record ValueAxis(bool IsLogarithmic = false, bool IsErrorRate = false)
{
    /// <summary>A linear axis.</summary>
    internal static ValueAxis Linear { get; } = new();

    /// <summary>A logarithmic axis.</summary>
    internal static ValueAxis Logarithmic { get; } = new(IsLogarithmic: true);

    /// <summary>A logarithmic axis of error rates: near 100 % accuracy, where runs differ, a linear axis shows nothing.</summary>
    internal static ValueAxis ErrorRate { get; } = new(IsLogarithmic: true, IsErrorRate: true);

    /// <summary>The scale for some values.</summary>
    internal AxisScale ScaleOf(IEnumerable<double> values, double start, double end) =>
        IsLogarithmic ? AxisScale.Logarithmic(values, start, end) : AxisScale.Linear(values, start, end);

    /// <summary>A tick as text.</summary>
    internal string TickText(AxisScale scale, double tick) => !IsErrorRate ? scale.Text(tick) : scale.IsZero(tick) ? Percent(0) : Percent((decimal)tick);

    /// <summary>The accuracy at a tick; null if the values are no error rates.</summary>
    internal string? AccuracyText(AxisScale scale, double tick) => !IsErrorRate ? null : Percent(1 - (scale.IsZero(tick) ? 0 : (decimal)tick));

    /// <summary>A value as text.</summary>
    internal string ValueText(double value) => IsErrorRate ? NumberText.Percent(value) : NumberText.Short(value);

    private static string Percent(decimal share) => $"{(share * 100).ToString("0.######", CultureInfo.InvariantCulture)} %";
}
