using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>Writes measurements as JSON and as a Markdown table, with the machine and the commit that they were measured on.</summary>
internal static class ResultFiles
{
    /// <summary>JSON settings of result files.</summary>
    internal static JsonSerializerOptions Json { get; } = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The folder of this project, found by searching upward from the build output.</summary>
    internal static string Project { get; } = FindProject();

    /// <summary>Writes <c>results/{folder}/{name}.json</c> and <c>.md</c> and returns the path without its extension. The folder is named after the processor unless given.</summary>
    internal static string Write(string name, object result, string table, string? folder = null)
    {
        string cpu = CpuName(), commit = Commit(), date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        folder ??= string.Join('-', cpu.ToLowerInvariant().Split([' ', '@', '/'], StringSplitOptions.RemoveEmptyEntries));
        string path = PathOf(name, folder);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var measured = new
        {
            Cpu = cpu,
            Processors = Environment.ProcessorCount,
            Runtime = RuntimeInformation.FrameworkDescription,
            Os = RuntimeInformation.OSDescription,
            Commit = commit,
            Date = date,
            Result = result,
        };
        File.WriteAllText(path + ".json", JsonSerializer.Serialize(measured, Json) + "\n");
        File.WriteAllText(path + ".md", $"{table}\n{cpu}, {Environment.ProcessorCount} processors, {measured.Runtime}, commit {commit}, {date}.\n");
        return path;
    }

    /// <summary>Path of a result file, without its extension.</summary>
    internal static string PathOf(string name, string folder) => Path.Combine(Project, "results", folder, name);

    /// <summary>The commit of the repository.</summary>
    internal static string Commit()
    {
        using Process git = Process.Start(new ProcessStartInfo("git", "rev-parse --short HEAD") { RedirectStandardOutput = true, WorkingDirectory = Project })!;
        string commit = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return commit;
    }

    private static string FindProject()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "DigitML.Benchmarks.csproj"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Run it from a build inside the repository: results are written to the project's folder.");
    }

    private static string CpuName()
    {
        const string CpuInfo = "/proc/cpuinfo";
        string? line = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        string name = line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        return name.Replace("(R)", "", StringComparison.Ordinal).Replace("(TM)", "", StringComparison.Ordinal);
    }
}
