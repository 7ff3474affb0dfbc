using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DigitML.Data;
using DigitML.Engine.Datasets;

namespace DigitML.Benchmarks;

/// <summary>
/// The web API under load from another process, wrk (Debian: <c>wrk</c>): requests per second, latencies and failed requests, also while malformed requests arrive, and the memory of the
/// server over minutes; compared with ONNX Runtime behind the same endpoint. Server and load generator share this machine's processors. Writes <c>results/{cpu}/load</c>.
/// </summary>
internal static partial class Load
{
    private const int MemorySeconds = 10, WarmUpSeconds = 5, MemoryConnections = 16;

    internal static void Run(Options options)
    {
        int seconds = options.Number("--seconds", 10), memorySeconds = options.Number("--memory-seconds", 300);
        int[] connections = [.. options.Text("--connections", "1,16,256").Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        using var models = new PeerModels();
        string model = options.Text("--model", models.Onnx("compact")), folder = Directory.CreateTempSubdirectory("digitml-load-").FullName, script = Path.Combine(folder, "post.lua");
        File.WriteAllText(script, Script());

        int port = FreePort();
        var rows = new List<Row>();
        Memory memory;
        BadRequests.Refusals[] refusals;
        using (var server = new Server("dotnet", ChildProcess.Console, "serve", "--model", model, "--urls", $"http://127.0.0.1:{port}"))
        {
            Wrk("DigitML", script, port, connections[^1], WarmUpSeconds);
            rows.AddRange(connections.Select(count => Wrk("DigitML", script, port, count, seconds)));
            using (var stop = new CancellationTokenSource())
            {
                Task<BadRequests.Refusals[]> bad = BadRequests.SendAsync(port, stop.Token);
                rows.Add(Wrk("DigitML, while malformed requests arrive", script, port, MemoryConnections, seconds));
                stop.Cancel();
                refusals = bad.GetAwaiter().GetResult();
            }

            memory = MemoryOver(server, script, port, memorySeconds);
        }

        port = FreePort();
        using (new Server("dotnet", ChildProcess.OnnxRuntimePeer, "serve", "--model", model, "--port", $"{port}"))
        {
            Wrk("ONNX Runtime in ASP.NET Core", script, port, connections[^1], WarmUpSeconds);
            rows.AddRange(connections.Select(count => Wrk("ONNX Runtime in ASP.NET Core", script, port, count, seconds)));
        }

        Directory.Delete(folder, recursive: true);
        Console.WriteLine(ResultFiles.Write("load", new { Seconds = seconds, Rows = rows, Refusals = refusals, Memory = memory }, Table(rows, refusals, memory)));
    }

    // A real digit: the first test row.
    private static string Script()
    {
        DigitDataset digits = DigitFiles.Read(Path.Combine(ResultFiles.Project, "..", "data", "mnist-test.csv.gz"));
        string body = JsonSerializer.Serialize(new { pixels = digits.Image(0).ToArray().Select(pixel => (int)pixel) });
        return $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = '{body}'\n";
    }

    private static Row Wrk(string server, string script, int port, int connections, int seconds)
    {
        string text = ChildProcess.Output(
            "wrk", "--threads", "1", "--connections", $"{connections}", "--duration", $"{seconds}s", "--timeout", "10s", "--latency", "--script", script, $"http://127.0.0.1:{port}/predict");
        MatchCollection errors = ErrorCounts().Matches(text);
        var row = new Row(
            server, connections, double.Parse(Rate().Match(text).Groups[1].Value, CultureInfo.InvariantCulture), Milliseconds(text, "50%"), Milliseconds(text, "99%"),
            errors.SelectMany(match => match.Groups.Values.Skip(1)).Where(group => group.Success).Sum(group => long.Parse(group.Value, CultureInfo.InvariantCulture)));
        Console.Error.WriteLine(row);
        return row;
    }

    private static Memory MemoryOver(Server server, string script, int port, int seconds)
    {
        var megabytes = new List<double>();
        for (int elapsed = 0; elapsed < seconds; elapsed += MemorySeconds)
        {
            Wrk("DigitML", script, port, MemoryConnections, MemorySeconds);
            megabytes.Add(server.Megabytes);
        }

        return new Memory(seconds, [.. megabytes]);
    }

    private static double Milliseconds(string text, string percentile)
    {
        Match match = Regex.Match(text, $@"{percentile}\s+([\d.]+)(us|ms|s)\b");
        double number = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch { "us" => number / 1000, "s" => number * 1000, _ => number };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Table(List<Row> rows, BadRequests.Refusals[] refusals, Memory memory)
    {
        var text = new StringBuilder("| `POST /predict`, `compact` | connections | requests/s | median | 99th percentile | failed |\n|---|---:|---:|---:|---:|---:|\n");
        foreach (Row row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Server} | {row.Connections} | {row.RequestsPerSecond:N0} | {row.MedianMilliseconds:0.00} ms | {row.P99Milliseconds:0.00} ms | {row.Lost} |\n");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"\n{refusals.Sum(kind => kind.Refused):N0} malformed requests of {refusals.Length} kinds ({string.Join(", ", refusals.Select(kind => kind.Name))}), sent meanwhile, were refused with the right status; {refusals.Sum(kind => kind.Otherwise)} were not.\n");
        if (memory.Megabytes.Length > 1)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\nMemory of the server over {memory.Seconds} s with {MemoryConnections} connections: {memory.Megabytes[0]:0} MB after {MemorySeconds} s, {memory.Megabytes[^1]:0} MB at the end, {memory.Megabytes.Max():0} MB at most.\n");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)|Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex ErrorCounts();

    /// <param name="Server">The server.</param>
    /// <param name="Connections">Number of open connections.</param>
    /// <param name="RequestsPerSecond">Answers per second.</param>
    /// <param name="MedianMilliseconds">Median latency.</param>
    /// <param name="P99Milliseconds">99th percentile of the latency.</param>
    /// <param name="Lost">Requests without an answer or with a refusal.</param>
    private sealed record Row(string Server, int Connections, double RequestsPerSecond, double MedianMilliseconds, double P99Milliseconds, long Lost);

    /// <param name="Seconds">How long it was measured.</param>
    /// <param name="Megabytes">Working set of the server, once every ten seconds.</param>
    private sealed record Memory(int Seconds, double[] Megabytes);

    /// <summary>A server in its own process, which ends when this is disposed.</summary>
    private sealed class Server : IDisposable
    {
        private readonly Process process;

        internal Server(string program, params string[] arguments)
        {
            process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
            if (process.StandardOutput.ReadLine() is null) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended before it listened.");
        }

        internal double Megabytes
        {
            get
            {
                process.Refresh();
                return process.WorkingSet64 / 1e6;
            }
        }

        public void Dispose()
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
    }
}
