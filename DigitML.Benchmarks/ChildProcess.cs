using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using DigitML.Engine;

namespace DigitML.Benchmarks;

/// <summary>Runs programs and reads what they print.</summary>
internal static class ChildProcess
{
    private const int ShownArguments = 4;

    /// <summary>The digitml console of this build.</summary>
    internal static string Console { get; } = Path.Combine(AppContext.BaseDirectory, "digitml.dll");

    /// <summary>A program that measures or serves ONNX Runtime's predictions.</summary>
    internal static string OnnxRuntimePeer { get; } = Path.Combine(AppContext.BaseDirectory, "OnnxRuntimePeer.dll");

    /// <summary>Runs a program and reads the JSON it prints.</summary>
    internal static JsonElement Run(string program, params string[] arguments) => JsonSerializer.Deserialize<JsonElement>(Output(program, arguments));

    /// <summary>Runs a program and returns what it prints.</summary>
    /// <exception cref="DigitMLException">The program cannot be started, or failed.</exception>
    internal static string Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };

        // The best settings for peers: without huge pages PyTorch spends much of its time on page faults, and these two variables may hold OpenBLAS to an older processor's kernels.
        start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1";
        start.Environment.Remove("OPENBLAS_CORETYPE");
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        string command = string.Join(' ', [program, .. arguments.Take(ShownArguments)]);
        try
        {
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new DigitMLException($"{command} ended with {process.ExitCode}; its own message is above.");
        }
        catch (Win32Exception exception)
        {
            throw new DigitMLException($"{command} cannot be started: {exception.Message}");
        }
    }
}
