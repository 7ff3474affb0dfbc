using System.Diagnostics;

namespace DigitML.Benchmarks;

/// <summary>Another program that keeps the last processor busy for as long as this lives.</summary>
internal sealed class BusyProcessor : IDisposable
{
    private readonly Process process;

    internal BusyProcessor()
    {
        process = Process.Start("dotnet", [typeof(BusyProcessor).Assembly.Location, "keep-busy"]);
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) process.ProcessorAffinity = 1 << (Environment.ProcessorCount - 1);
    }

    /// <summary>Keeps the processor busy; it ends with its parent's <see cref="Dispose"/>.</summary>
    internal static void KeepBusy()
    {
        while (true) Thread.SpinWait(1_000_000);
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
