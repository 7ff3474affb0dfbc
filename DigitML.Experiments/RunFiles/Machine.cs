using System.Runtime.InteropServices;
using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Networks;

namespace DigitML.Experiments.RunFiles;

/// <summary>Where a run took place: versions and hardware, as plan.json and <c>devices</c> report them.</summary>
/// <param name="Program">Version of this program.</param>
/// <param name="Engine">Version of the engine.</param>
/// <param name="Runtime">.NET's name and version.</param>
/// <param name="Os">The operating system.</param>
/// <param name="Architecture">The process's instruction set: "x64".</param>
/// <param name="Cpu">The processor's name.</param>
/// <param name="Cores">Logical processors that this process may use.</param>
/// <param name="VectorBits">Widest vectors the processor and the runtime offer: 512, 256 or 128.</param>
internal sealed record Machine(string Program, string Engine, string Runtime, string Os, string Architecture, string Cpu, int Cores, int VectorBits)
{
    /// <summary>This machine.</summary>
    internal static Machine Current { get; } = new(
        ProgramVersion.Of(typeof(Machine)), ProgramVersion.Of(typeof(Network)),
        RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(), CpuName(), Environment.ProcessorCount, CpuDevice.NativeVectorBits);

    private static string CpuName()
    {
        const string linuxFile = "/proc/cpuinfo";
        string? name = null;
        if (File.Exists(linuxFile))
        {
            name = File.ReadLines(linuxFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        }

        return name ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
    }
}
