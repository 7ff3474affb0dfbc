using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace DigitML.Benchmarks;

/// <summary>Writes comparisons as JSON and as a Markdown table, with what they were measured on.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Writes <c>results/{cpu}/{name}.json</c> and <c>.md</c> and gives the folder.</summary>
    internal static string Write(string projectFolder, string name, IReadOnlyList<ComparedRow> rows)
    {
        string cpu = CpuName();
        string folder = Path.Combine(projectFolder, "results", string.Join('-', cpu.ToLowerInvariant().Split([' ', '(', ')', '@'], StringSplitOptions.RemoveEmptyEntries)));
        Directory.CreateDirectory(folder);
        var result = new
        {
            Cpu = cpu,
            Runtime = RuntimeInformation.FrameworkDescription,
            Os = RuntimeInformation.OSDescription,
            Processors = Environment.ProcessorCount,
            Commit = Commit(projectFolder),
            Date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Rows = rows,
        };
        File.WriteAllText(Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(result, Json) + "\n");
        File.WriteAllText(Path.Combine(folder, name + ".md"), Markdown(result.Cpu, result.Runtime, result.Commit, result.Date, rows));
        return folder;
    }

    private static string Markdown(string cpu, string runtime, string commit, string date, IReadOnlyList<ComparedRow> rows)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{cpu}, {runtime}, commit {commit}, {date}. Medians of {rows[0].Measurements.Length} alternating pairs.");
        text.AppendLine();
        text.AppendLine("| work | batch | threads | DigitML, samples/s | peer | peer, samples/s | ratio |");
        text.AppendLine("|---|---:|---:|---:|---|---:|---:|");
        foreach (ComparedRow row in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {row.Work} `{row.Recipe}` | {row.BatchSize} | {row.Threads} | {row.SamplesPerSecond:N0} | {row.Peer} | {row.PeerSamplesPerSecond:N0} | {row.MedianRatio:0.0}x |");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string CpuName()
    {
        const string CpuInfo = "/proc/cpuinfo";
        string? line = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        string name = line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        return name.Replace("(R)", "", StringComparison.Ordinal).Replace("(TM)", "", StringComparison.Ordinal);
    }

    private static string Commit(string folder)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", "rev-parse --short HEAD") { RedirectStandardOutput = true, WorkingDirectory = folder })!;
        string commit = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return commit;
    }
}
