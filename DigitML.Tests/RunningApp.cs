using System.Diagnostics;

namespace DigitML.Tests;

/// <summary>A web app in a process of its own, on a free port of this machine; disposing it ends it.</summary>
internal sealed class RunningApp : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process process;

    public RunningApp(string app, params string[] arguments)
    {
        process = Process.Start(new ProcessStartInfo("dotnet", [app, "--urls", "http://127.0.0.1:0", .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(app),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
    }

    /// <summary>A client of the app, once it listens.</summary>
    public async Task<HttpClient> ClientAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            int at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0) return new HttpClient { BaseAddress = new Uri(line[(at + Listening.Length)..].Trim() + "/") };
        }

        throw new InvalidOperationException("The app ended before it listened.");
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
