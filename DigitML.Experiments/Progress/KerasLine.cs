using System.Globalization;
using System.Text;

namespace DigitML.Experiments.Progress;

/// <summary>The progress line of Keras's Progbar, character for character where the terminal is wide enough.</summary>
internal static class KerasLine
{
    private const int BarWidth = 20;
    private const string Separator = " - ";

    /// <summary>The line while an epoch runs; it shows the remaining time.</summary>
    internal static string Running(int step, int steps, double elapsedSeconds, params ReadOnlySpan<(string Name, double Value)> metrics) =>
        Running(int.MaxValue, step, steps, elapsedSeconds, secondsLeft: null, metrics);

    /// <summary>The same with the time that is left of the whole run at its end, and with a bar so short that the line fits.</summary>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="step">The step that ended, from 1.</param>
    /// <param name="steps">Steps per epoch.</param>
    /// <param name="elapsedSeconds">Seconds since the epoch began.</param>
    /// <param name="secondsLeft">Seconds left of the run; null leaves them out.</param>
    /// <param name="metrics">What is shown of the epoch so far.</param>
    internal static string Running(int width, int step, int steps, double elapsedSeconds, double? secondsLeft, params ReadOnlySpan<(string Name, double Value)> metrics)
    {
        double perStep = elapsedSeconds / step;
        string left = secondsLeft is { } seconds ? $"{Separator}{Time(seconds)} left" : "";
        string count = Count(step, steps), rest = $"{Time(perStep * (steps - step))} {PerStep(perStep)}{Metrics(metrics)}{left}";
        int bar = Math.Clamp(width - 3 - count.Length - rest.Length, 0, BarWidth);
        int done = bar * step / steps;
        return Cut($"{count} {new string('━', done)}{new string(' ', bar - done)} {rest}", width);
    }

    /// <summary>Breaks a line between its metrics so that no part is wider than the terminal.</summary>
    internal static string Wrapped(string line, int width)
    {
        if (line.Length < width) return line;
        var text = new StringBuilder();
        int column = 0;
        foreach (string part in line.Split(Separator))
        {
            bool breaks = column > 0 && column + Separator.Length + part.Length >= width;
            if (column > 0) text.Append(breaks ? "\n  " : Separator);
            column = breaks ? 2 + part.Length : column + (column > 0 ? Separator.Length : 0) + part.Length;
            text.Append(part);
        }

        return text.ToString();
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

    // A line that fills the last column would make some terminals scroll.
    private static string Cut(string line, int width) => line.Length < width ? line : line[..Math.Max(width - 1, 0)];

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
        foreach ((string name, double value) in metrics) text.Append(Separator).Append(name).Append(": ").Append(Number(value));
        return text.ToString();
    }

    /// <summary>Four decimals, or, for small values, four decimals and an exponent of at least two digits.</summary>
    private static string Number(double value) => Math.Abs(value) > 1e-3
        ? value.ToString("F4", CultureInfo.InvariantCulture)
        : value.ToString("0.0000e+00", CultureInfo.InvariantCulture);
}
