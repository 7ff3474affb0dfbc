using System.Diagnostics;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>Programs run for their one JSON answer.</summary>
internal static class ChildProcess
{
    /// <summary>The digitml console of this build.</summary>
    internal static string Console { get; } = Path.Combine(AppContext.BaseDirectory, "digitml.dll");

    /// <summary>ONNX Runtime as a program that measures its predictions or serves them.</summary>
    internal static string OnnxRuntimePeer { get; } = Path.Combine(AppContext.BaseDirectory, "OnnxRuntimePeer.dll");

    /// <summary>Runs a program and reads the JSON it prints.</summary>
    internal static JsonElement Run(string program, params string[] arguments) => JsonSerializer.Deserialize<JsonElement>(Output(program, arguments));

    /// <summary>Runs a program and gives what it prints.</summary>
    internal static string Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };

        // PyTorch's best allocator: without huge pages it spends a good part of its time on page faults.
        start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
