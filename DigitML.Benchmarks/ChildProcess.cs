using System.Diagnostics;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>Runs programs and reads what they print.</summary>
internal static class ChildProcess
{
    /// <summary>The digitml console of this build.</summary>
    internal static string Console { get; } = Path.Combine(AppContext.BaseDirectory, "digitml.dll");

    /// <summary>A program that measures or serves ONNX Runtime's predictions.</summary>
    internal static string OnnxRuntimePeer { get; } = Path.Combine(AppContext.BaseDirectory, "OnnxRuntimePeer.dll");

    /// <summary>Runs a program and reads the JSON it prints.</summary>
    internal static JsonElement Run(string program, params string[] arguments) => JsonSerializer.Deserialize<JsonElement>(Output(program, arguments));

    /// <summary>Runs a program and returns what it prints.</summary>
    internal static string Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };

        // The best allocator settings for PyTorch: without huge pages it spends much of its time on page faults.
        start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
