using System.Globalization;
using System.Text;
using DigitML.Engine;

namespace DigitML.Benchmarks;

/// <summary>
/// The web API under load, in turn with ONNX Runtime behind the same endpoint: requests per second, latencies and failed requests, also while malformed requests arrive, and the
/// memory of the server. Servers and load generator share this machine's processors. Writes <c>results/{cpu}/load</c>.
/// </summary>
internal static class Load
{
    private const int WarmUpSeconds = 3, MalformedSeconds = 10, MalformedConnections = 16;
    private const double Tolerance = 1e-4;

    internal static void Run(Options options)
    {
        int rounds = options.Number("--rounds", 5), seconds = options.Number("--seconds", 2);
        int[] connections = [.. options.Text("--connections", "1,16,256").Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        using var models = new PeerModels();
        string model = models.Onnx("compact"), script = models.WrkScript;
        using ServerProcess ours = ServerProcess.Start(port => [ChildProcess.Console, "serve", "--model", model, "--urls", $"http://127.0.0.1:{port}"]);
        using ServerProcess peer = ServerProcess.Start(port => [ChildProcess.OnnxRuntimePeer, "serve", "--model", model, "--port", $"{port}"]);
        CheckSameScores(ours, peer, models.FirstImage);
        foreach (ServerProcess server in (ServerProcess[])[ours, peer]) Wrk.Run(server.Predict, script, connections[^1], WarmUpSeconds);
        var megabytes = new List<double> { ours.Megabytes };

        Pair[] pairs = [.. connections.SelectMany(count => Enumerable.Range(1, rounds).Select(round =>
        {
            var pair = new Pair(count, Wrk.Run(ours.Predict, script, count, seconds), Wrk.Run(peer.Predict, script, count, seconds));
            megabytes.Add(ours.Megabytes);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{count} connections {round}/{rounds}: {pair.Ours.RequestsPerSecond:N0} against {pair.Peer.RequestsPerSecond:N0} requests/s"));
            return pair;
        }))];

        using var stop = new CancellationTokenSource();
        Task<BadRequests.Refusals[]> malformed = BadRequests.SendAsync(ours.Port, stop.Token);
        Wrk.Window meanwhile = Wrk.Run(ours.Predict, script, MalformedConnections, MalformedSeconds);
        stop.Cancel();
        var result = new Result(seconds, peer.FirstLine.Split(',')[0], pairs, meanwhile, malformed.GetAwaiter().GetResult(), [.. megabytes, ours.Megabytes]);
        Console.WriteLine(ResultFiles.Write("load", result, Table(result)));
    }

    private static void CheckSameScores(ServerProcess ours, ServerProcess peer, int[] pixels)
    {
        Dictionary<string, double> scores = ours.ScoresAsync(pixels).GetAwaiter().GetResult(), others = peer.ScoresAsync(pixels).GetAwaiter().GetResult();
        double difference = scores.Max(score => Math.Abs(score.Value - others[score.Key]));
        if (difference > Tolerance) throw new DigitMLException($"The two servers answer differently: scores differ by up to {difference:g3}; the limit is {Tolerance:g1}.");
    }

    private static string Table(Result result)
    {
        var text = new StringBuilder("| `POST /predict`, `compact` | connections | requests/s | median | 99th percentile | failed | ratio |\n|---|---:|---:|---:|---:|---:|---:|\n");
        foreach (IGrouping<int, Pair> pairs in result.Pairs.GroupBy(pair => pair.Connections))
        {
            double ratio = Statistics.Median([.. pairs.Select(pair => pair.Ours.RequestsPerSecond / pair.Peer.RequestsPerSecond)]);
            AppendRow(text, "DigitML", pairs.Key, [.. pairs.Select(pair => pair.Ours)], "");
            AppendRow(text, $"{result.Peer} in ASP.NET Core", pairs.Key, [.. pairs.Select(pair => pair.Peer)], string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}x"));
        }

        AppendRow(text, "DigitML, while malformed requests arrive", MalformedConnections, [result.WhileMalformed], "");
        text.Append(CultureInfo.InvariantCulture,
            $"\n{result.Refusals.Sum(kind => kind.Refused):N0} malformed requests of {result.Refusals.Length} kinds ({string.Join(", ", result.Refusals.Select(kind => kind.Name))}), sent meanwhile, were refused with the right status; {result.Refusals.Sum(kind => kind.Otherwise)} were not.\n");
        text.Append(CultureInfo.InvariantCulture,
            $"\nMemory of the server: {result.Megabytes[0]:0} MB after {WarmUpSeconds} s of load, {result.Megabytes[^1]:0} MB at the end, {result.Requests:N0} requests later, and {result.Megabytes.Max():0} MB at most.\n");
        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, string server, int connections, Wrk.Window[] windows, string ratio)
    {
        double Median(Func<Wrk.Window, double> figure) => Statistics.Median([.. windows.Select(figure)]);
        text.Append(CultureInfo.InvariantCulture,
            $"| {server} | {connections} | {Median(window => window.RequestsPerSecond):N0} | {Median(window => window.MedianMilliseconds):0.00} ms | {Median(window => window.P99Milliseconds):0.00} ms | {windows.Sum(window => window.Failed)} | {ratio} |\n");
    }

    /// <param name="Connections">Number of open connections.</param>
    /// <param name="Ours">DigitML's server.</param>
    /// <param name="Peer">ONNX Runtime's, right after it.</param>
    private sealed record Pair(int Connections, Wrk.Window Ours, Wrk.Window Peer);

    /// <param name="Seconds">Length of each window.</param>
    /// <param name="Peer">The peer with its version.</param>
    /// <param name="Pairs">Every pair of windows.</param>
    /// <param name="WhileMalformed">DigitML while malformed requests arrive.</param>
    /// <param name="Refusals">How those were answered.</param>
    /// <param name="Megabytes">Working set of DigitML's server after each window.</param>
    private sealed record Result(int Seconds, string Peer, Pair[] Pairs, Wrk.Window WhileMalformed, BadRequests.Refusals[] Refusals, double[] Megabytes)
    {
        /// <summary>Requests that DigitML answered after the warm-up, malformed ones left out.</summary>
        public long Requests => Pairs.Sum(pair => pair.Ours.Requests) + WhileMalformed.Requests;
    }
}
