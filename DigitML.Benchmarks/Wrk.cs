using System.Globalization;
using System.Text.RegularExpressions;

namespace DigitML.Benchmarks;

/// <summary>Load from another process, wrk (Debian: <c>wrk</c>), which sends one request again and again on a number of connections.</summary>
internal static partial class Wrk
{
    /// <summary>Sends requests for a while.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="script">A Lua file that sets method, headers and body.</param>
    /// <param name="connections">Number of open connections.</param>
    /// <param name="seconds">For how long.</param>
    internal static Window Run(string url, string script, int connections, int seconds)
    {
        string text = ChildProcess.Output(
            "wrk", "--threads", "1", "--connections", $"{connections}", "--duration", $"{seconds}s", "--timeout", "10s", "--latency", "--script", script, url);
        MatchCollection errors = ErrorCounts().Matches(text);
        return new Window(
            double.Parse(Rate().Match(text).Groups[1].Value, CultureInfo.InvariantCulture), Milliseconds(text, "50%"), Milliseconds(text, "99%"),
            long.Parse(Count().Match(text).Groups[1].Value, CultureInfo.InvariantCulture),
            errors.SelectMany(match => match.Groups.Values.Skip(1)).Where(group => group.Success).Sum(group => long.Parse(group.Value, CultureInfo.InvariantCulture)));
    }

    private static double Milliseconds(string text, string percentile)
    {
        Match match = Regex.Match(text, $@"{percentile}\s+([\d.]+)(us|ms|s)\b");
        double number = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch { "us" => number / 1000, "s" => number * 1000, _ => number };
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(\d+) requests in ")]
    private static partial Regex Count();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)|Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex ErrorCounts();

    /// <param name="RequestsPerSecond">Answers per second.</param>
    /// <param name="MedianMilliseconds">Median latency.</param>
    /// <param name="P99Milliseconds">99th percentile of the latency.</param>
    /// <param name="Requests">Answers in total.</param>
    /// <param name="Failed">Requests without an answer or with a refusal.</param>
    internal sealed record Window(double RequestsPerSecond, double MedianMilliseconds, double P99Milliseconds, long Requests, long Failed);
}
