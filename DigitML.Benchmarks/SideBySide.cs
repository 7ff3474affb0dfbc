using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DigitML.Engine.Cpu;

namespace DigitML.Benchmarks;

/// <summary>
/// Runs DigitML and PyTorch on the same work in turn, so that both see the same minutes of a machine whose speed drifts, and writes medians and ratios
/// to <c>results/{cpu}</c>.
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

    internal static int Run(string[] args)
    {
        int pairs = Option(args, "--pairs", 5), seconds = Option(args, "--seconds", 4), threads = Option(args, "--threads", 2);
        string project = ProjectFolder();
        var rows = new List<ComparedRow>();
        foreach ((string work, string recipe, int batchSize) in Cases)
        {
            string common = string.Create(CultureInfo.InvariantCulture, $"--recipe {recipe} --batch-size {batchSize} --threads {threads} --seconds {seconds}");
            string console = Path.Combine(AppContext.BaseDirectory, "digitml.dll"), peer = Path.Combine(project, "peers", "pytorch_peer.py");
            var ours = new double[pairs];
            var theirs = new double[pairs];
            JsonElement answer = default;
            for (int pair = 0; pair < pairs; pair++)
            {
                ours[pair] = SamplesPerSecond(RunProcess("dotnet", $"\"{console}\" bench {work} {common} --json"));
                answer = RunProcess(Environment.GetEnvironmentVariable("DIGITML_PYTHON") ?? "/usr/bin/python3", $"\"{peer}\" {work} {common}");
                theirs[pair] = SamplesPerSecond(answer);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{work} {recipe} {pair + 1}/{pairs}: {ours[pair]:N0} against {theirs[pair]:N0} samples/s, {ours[pair] / theirs[pair]:0.00}x"));
            }

            rows.Add(new ComparedRow(
                work, recipe, batchSize, threads, CpuDevice.NativeVectorBits, Median(ours), answer.GetProperty("peer").GetString()!, Median(theirs),
                Math.Round(Median([.. ours.Zip(theirs, (a, b) => a / b)]), 2), ours, theirs));
        }

        string folder = ResultFiles.Write(project, "side-by-side", rows);
        Console.WriteLine(folder);
        return 0;
    }

    private static double SamplesPerSecond(JsonElement answer) => answer.GetProperty("samplesPerSecond").GetDouble();

    private static JsonElement RunProcess(string program, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };

        // The peer's best allocator: without huge pages it spends a good part of its time on page faults.
        start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}.");
        return JsonSerializer.Deserialize<JsonElement>(output);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static int Option(string[] args, string name, int otherwise)
    {
        int index = Array.IndexOf(args, name);
        return index < 0 ? otherwise : int.Parse(args[index + 1], CultureInfo.InvariantCulture);
    }

    private static string ProjectFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "DigitML.Benchmarks.csproj"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Run it from a build inside the repository: the results go beside the project.");
    }
}

/// <summary>One comparison: medians, and every measurement.</summary>
internal sealed record ComparedRow(
    string Work, string Recipe, int BatchSize, int Threads, int VectorBits, double SamplesPerSecond, string Peer, double PeerSamplesPerSecond,
    double MedianRatio, double[] Measurements, double[] PeerMeasurements);
