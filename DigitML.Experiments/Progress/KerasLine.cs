using System.Globalization;
using System.Text;

namespace DigitML.Experiments.Progress;

/// <summary>The progress line of Keras's Progbar, character for character.</summary>
internal static class KerasLine
{
    private const int BarWidth = 20;

    /// <summary>The line while an epoch runs; it shows the remaining time.</summary>
    internal static string Running(int step, int steps, double elapsedSeconds, params ReadOnlySpan<(string Name, double Value)> metrics)
    {
        double perStep = elapsedSeconds / step;
        int done = BarWidth * step / steps;
        return $"{Count(step, steps)} {new string('━', done)}{new string(' ', BarWidth - done)} {Time(perStep * (steps - step))} {PerStep(perStep)}{Metrics(metrics)}";
    }

    /// <summary>The line of a finished epoch with its bar.</summary>
    internal static string Finished(int steps, double elapsedSeconds, params ReadOnlySpan<(string Name, double Value)> metrics) =>
        $"{Count(steps, steps)} {new string('━', BarWidth)} {Time(elapsedSeconds)} {PerStep(elapsedSeconds / steps)}{Metrics(metrics)}";

    /// <summary>The line of a finished epoch in a pipe or a log.</summary>
    internal static string Log(int steps, double elapsedSeconds, params ReadOnlySpan<(string Name, double Value)> metrics) =>
        $"{Count(steps, steps)} - {Time(elapsedSeconds)} - {PerStep(elapsedSeconds / steps)}{Metrics(metrics)}";

    /// <summary>"7s", "1:05", "2:03:04".</summary>
    internal static string Time(double seconds)
    {
        var whole = TimeSpan.FromSeconds(Math.Floor(seconds));
        return whole.TotalSeconds > 3600 ? $"{(int)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00}"
            : whole.TotalSeconds > 60 ? $"{whole.Minutes}:{whole.Seconds:00}"
            : $"{whole.TotalSeconds:0}s";
    }

    private static string Count(int step, int steps)
    {
        string total = steps.ToString(CultureInfo.InvariantCulture);
        return $"{step.ToString(CultureInfo.InvariantCulture).PadLeft(total.Length)}/{total}";
    }

    private static string PerStep(double seconds) => seconds switch
    {
        >= 1 or 0 => $"{seconds:0}s/step",
        >= 1e-3 => $"{seconds * 1e3:0}ms/step",
        _ => $"{seconds * 1e6:0}us/step",
    };

    private static string Metrics(ReadOnlySpan<(string Name, double Value)> metrics)
    {
        var text = new StringBuilder();
        foreach ((string name, double value) in metrics) text.Append(" - ").Append(name).Append(": ").Append(Number(value));
        return text.ToString();
    }

    /// <summary>Four decimals, or, for small values, four decimals and an exponent of at least two digits.</summary>
    private static string Number(double value) => Math.Abs(value) > 1e-3
        ? value.ToString("F4", CultureInfo.InvariantCulture)
        : value.ToString("0.0000e+00", CultureInfo.InvariantCulture);
}
