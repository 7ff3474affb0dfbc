using System.Diagnostics;

namespace DigitML.Benchmarks;

/// <summary>Another process that keeps the last processor busy for the lifetime of this object.</summary>
internal sealed class BusyProcessor : IDisposable
{
    private readonly Process process;

    internal BusyProcessor()
    {
        process = Process.Start("dotnet", [typeof(BusyProcessor).Assembly.Location, "keep-busy"]);
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) process.ProcessorAffinity = 1 << (Environment.ProcessorCount - 1);
    }

    /// <summary>Keeps the processor busy until the parent process calls <see cref="Dispose"/>.</summary>
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
