using System.Globalization;
using static System.FormattableString;

namespace DigitML.Experiments.Summaries;

/// <summary>Numbers as pages and charts show them.</summary>
internal static class NumberText
{
    private const double SmallestDecimal = 0.001;
    private const int MostDecimals = 6;

    /// <summary>A share as "99.60 %", with more decimals where two would round it to 0 % or 100 % that it is not.</summary>
    internal static string Percent(double share)
    {
        int decimals = 2;
        while (decimals < MostDecimals && share is > 0 and < 1 && Math.Round(share * 100, decimals) is 0 or 100) decimals++;
        return $"{(share * 100).ToString($"F{decimals}", CultureInfo.InvariantCulture)} %";
    }

    /// <summary>Four significant digits: "0.004", "12.5", and below 0.001 an exponent, "7e-7".</summary>
    internal static string Short(double value) => value != 0 && Math.Abs(value) < SmallestDecimal * (1 - 1e-9)
        ? value.ToString("0.###e0", CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>"0.8 s", "42 s", "1:05 min", "2:03:04 h".</summary>
    internal static string Duration(double seconds)
    {
        if (seconds < 9.95) return Invariant($"{seconds:0.0} s");
        TimeSpan whole = TimeSpan.FromSeconds(Math.Round(seconds));
        return whole.TotalHours >= 1 ? Invariant($"{(int)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00} h")
            : whole.TotalMinutes >= 1 ? Invariant($"{whole.Minutes}:{whole.Seconds:00} min")
            : Invariant($"{whole.TotalSeconds:0} s");
    }
}
