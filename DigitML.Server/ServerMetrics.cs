using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace DigitML.Server;

/// <summary>Counters of a server in Prometheus's text format (version 0.0.4).</summary>
internal sealed class ServerMetrics
{
    /// <summary>The type of <see cref="Text"/>.</summary>
    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly double[] Bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<int, Counter> requests = new();
    private readonly long[] withinBound = new long[Bounds.Length + 1];
    private long predictions, underWay, microseconds;

    /// <summary>A request has started.</summary>
    internal void Begin() => Interlocked.Increment(ref underWay);

    /// <summary>A request was answered.</summary>
    internal void End(int status, TimeSpan elapsed)
    {
        Interlocked.Decrement(ref underWay);
        Interlocked.Increment(ref requests.GetOrAdd(status, _ => new Counter()).Value);
        int bound = Array.FindIndex(Bounds, bound => elapsed.TotalSeconds <= bound);
        Interlocked.Increment(ref withinBound[bound < 0 ? Bounds.Length : bound]);
        Interlocked.Add(ref microseconds, (long)elapsed.TotalMicroseconds);
    }

    /// <summary>Images were predicted.</summary>
    internal void CountPredictions(int count) => Interlocked.Add(ref predictions, count);

    /// <summary>All metrics.</summary>
    internal string Text()
    {
        var text = new StringBuilder();
        Head("digitml_predictions_total", "counter", "Images predicted.");
        Line($"digitml_predictions_total {Interlocked.Read(ref predictions)}");
        Head("digitml_requests_under_way", "gauge", "Requests not yet answered.");
        Line($"digitml_requests_under_way {Interlocked.Read(ref underWay)}");
        Head("digitml_requests_total", "counter", "Requests answered, by status.");
        foreach ((int status, Counter counter) in requests.OrderBy(pair => pair.Key)) Line($"digitml_requests_total{{status=\"{status}\"}} {Interlocked.Read(ref counter.Value)}");
        Head("digitml_request_seconds", "histogram", "Time from a request to its response.");
        long below = 0;
        for (int i = 0; i <= Bounds.Length; i++)
        {
            below += Interlocked.Read(ref withinBound[i]);
            Line($"digitml_request_seconds_bucket{{le=\"{(i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf")}\"}} {below}");
        }

        Line($"digitml_request_seconds_sum {Interlocked.Read(ref microseconds) / 1e6}");
        Line($"digitml_request_seconds_count {below}");
        return text.ToString();

        void Head(string name, string type, string help) => text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private sealed class Counter
    {
        internal long Value;
    }
}
