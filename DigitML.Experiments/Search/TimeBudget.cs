using System.Globalization;
using System.Text.RegularExpressions;

namespace DigitML.Experiments.Search;

/// <summary>The time budget of a search, and how much of it is left.</summary>
/// <param name="total">The total time.</param>
/// <param name="clock">The clock that measures it.</param>
internal sealed partial class TimeBudget(TimeSpan total, TimeProvider clock)
{
    private readonly long began = clock.GetTimestamp();

    /// <summary>The total time.</summary>
    internal TimeSpan Total => total;

    /// <summary>Seconds since it began.</summary>
    internal double Elapsed => clock.GetElapsedTime(began).TotalSeconds;

    /// <summary>Seconds left; negative once it is used up.</summary>
    internal double Left => total.TotalSeconds - Elapsed;

    /// <summary>Reads "90s", "10m", "1h30m" or plain seconds; null if it is none of these, or 0.</summary>
    internal static TimeSpan? Parse(string text)
    {
        if (Parts().Match(text) is not { Success: true, Length: > 0 } match) return null;
        double seconds = 3600 * Number("h") + 60 * Number("m") + Number("s");
        return seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;

        double Number(string unit) => match.Groups[unit] is { Success: true } group ? double.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^(?:(?<h>\d{1,4})h)?(?:(?<m>\d{1,5})m)?(?:(?<s>\d{1,7})s?)?$")]
    private static partial Regex Parts();
}
