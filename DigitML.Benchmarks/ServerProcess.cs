using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using DigitML.Engine;

namespace DigitML.Benchmarks;

/// <summary>A web API with <c>POST /predict</c> in its own process on this machine, which ends when this is disposed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, int port, string firstLine) => (this.process, Port, FirstLine) = (process, port, firstLine);

    /// <summary>Its port on 127.0.0.1.</summary>
    internal int Port { get; }

    /// <summary>What it printed once it was listening.</summary>
    internal string FirstLine { get; }

    /// <summary>Address of the endpoint that predicts.</summary>
    internal string Predict => $"http://127.0.0.1:{Port}/predict";

    /// <summary>Its working set.</summary>
    internal double Megabytes
    {
        get
        {
            process.Refresh();
            return Math.Round(process.WorkingSet64 / 1e6, 1);
        }
    }

    /// <summary>Starts a .NET program and waits until it listens.</summary>
    /// <param name="argumentsOn">The program and its arguments, given the port.</param>
    /// <exception cref="DigitMLException">The program ended before it listened.</exception>
    internal static ServerProcess Start(Func<int, string[]> argumentsOn)
    {
        int port = FreePort();
        string[] arguments = argumentsOn(port);
        Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return new ServerProcess(process, port, process.StandardOutput.ReadLine() ?? throw new DigitMLException($"dotnet {arguments[0]} ended before it listened."));
    }

    /// <summary>The score of each label that the server gives an image.</summary>
    internal async Task<Dictionary<string, double>> ScoresAsync(int[] pixels)
    {
        using var client = new HttpClient();
        using HttpResponseMessage response = (await client.PostAsJsonAsync(Predict, new { pixels })).EnsureSuccessStatusCode();
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.GetProperty("scores").EnumerateArray().ToDictionary(score => score.GetProperty("label").GetString()!, score => score.GetProperty("score").GetDouble());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
