using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using DigitML.Engine.Cpu;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Benchmarks.Kernels;

/// <summary>
/// The engine's kernels on one thread, on shapes from the shipped networks. Compare GFLOP/s with the line "multiply-add peak" of the same width.
/// DIGITML_KERNEL="512 direct" selects the kernels with that text in their name.
/// </summary>
[Config(typeof(KernelConfig))]
public class KernelBenchmarks
{
    /// <summary>The kernel.</summary>
    [ParamsSource(nameof(All))]
    public Kernel Kernel { get; set; } = null!;

    /// <summary>All kernels at all widths that run natively.</summary>
    public static IEnumerable<Kernel> All()
    {
        string only = Environment.GetEnvironmentVariable("DIGITML_KERNEL") ?? "";
        IEnumerable<Kernel> all = KernelCases<Vector128<float>, Simd128>.All();
        if (CpuDevice.NativeVectorBits >= 256) all = KernelCases<Vector256<float>, Simd256>.All().Concat(all);
        if (CpuDevice.NativeVectorBits >= 512) all = KernelCases<Vector512<float>, Simd512>.All().Concat(all);
        return all.Where(kernel => kernel.ToString().Contains(only, StringComparison.Ordinal));
    }

    /// <summary>Runs it once.</summary>
    [Benchmark]
    public void Run() => Kernel.Run();
}
