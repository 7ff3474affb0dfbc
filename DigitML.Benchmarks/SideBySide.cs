using System.Globalization;
using System.Text;
using System.Text.Json;
using DigitML.Engine.Cpu;

namespace DigitML.Benchmarks;

/// <summary>
/// Runs DigitML and PyTorch on the same work in turn, so that both see the same minutes of a machine whose speed drifts, and writes medians and ratios
/// to <c>results/{cpu}/side-by-side</c>.
/// </summary>
internal static class SideBySide
{
    private static readonly (string Work, string Recipe, int BatchSize)[] Cases =
    [
        ("train", "keras-cnn", 64),
        ("train", "compact-9768", 64),
        ("predict", "keras-cnn", 100),
        ("predict", "compact-9768", 100),
    ];

    internal static void Run(Options options)
    {
        int pairs = options.Number("--pairs", 5), threads = options.Number("--threads", 2), seconds = options.Number("--seconds", 4);
        ComparedWork[] rows = [.. Cases.Select(work => Compare(work.Work, work.Recipe, work.BatchSize, threads, seconds, pairs))];
        Console.WriteLine(ResultFiles.Write("side-by-side", rows, Table(rows)));
    }

    private static ComparedWork Compare(string work, string recipe, int batchSize, int threads, int seconds, int pairs)
    {
        string[] common =
        [
            work, "--recipe", recipe, "--batch-size", Text(batchSize), "--threads", Text(threads), "--seconds", Text(seconds),
        ];
        string python = Environment.GetEnvironmentVariable("DIGITML_PYTHON") ?? "/usr/bin/python3";
        string peerScript = Path.Combine(ResultFiles.Project, "peers", "pytorch_peer.py"), peer = "";
        var ours = new double[pairs];
        var theirs = new double[pairs];
        for (int pair = 0; pair < pairs; pair++)
        {
            ours[pair] = SamplesPerSecond(ChildProcess.Run("dotnet", [ChildProcess.Console, "bench", .. common, "--json"]));
            JsonElement answer = ChildProcess.Run(python, [peerScript, .. common]);
            theirs[pair] = SamplesPerSecond(answer);
            peer = answer.GetProperty("peer").GetString()!;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{work} {recipe} {pair + 1}/{pairs}: {ours[pair]:N0} against {theirs[pair]:N0} samples/s, {ours[pair] / theirs[pair]:0.00}x"));
        }

        double ratio = Median([.. ours.Zip(theirs, (a, b) => a / b)]);
        return new ComparedWork(work, recipe, batchSize, threads, CpuDevice.NativeVectorBits, Median(ours), peer, Median(theirs), Math.Round(ratio, 2), ours, theirs);
    }

    private static string Table(ComparedWork[] rows)
    {
        var text = new StringBuilder();
        text.Append("| work | batch | threads | DigitML, samples/s | peer | peer, samples/s | ratio |\n|---|---:|---:|---:|---|---:|---:|\n");
        foreach (ComparedWork row in rows)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {row.Work} `{row.Recipe}` | {row.BatchSize} | {row.Threads} | {row.SamplesPerSecond:N0} | {row.Peer} | {row.PeerSamplesPerSecond:N0} | {row.MedianRatio:0.0}x |\n");
        }

        return text.ToString();
    }

    private static double SamplesPerSecond(JsonElement answer) => answer.GetProperty("samplesPerSecond").GetDouble();

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record ComparedWork(
        string Work, string Recipe, int BatchSize, int Threads, int VectorBits, double SamplesPerSecond, string Peer, double PeerSamplesPerSecond,
        double MedianRatio, double[] Measurements, double[] PeerMeasurements);
}
