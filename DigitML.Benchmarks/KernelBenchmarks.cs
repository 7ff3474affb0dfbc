using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Benchmarks;

/// <summary>The two multiply kernels on tiles as the shipped networks use them. GFLOP/s = 2 · multiply-adds / time; each benchmark names its own.</summary>
public unsafe class KernelBenchmarks
{
    private const int Floats = 1 << 18;
    private float* a, b, c;

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Allocate()
    {
        a = Ones();
        b = Ones();
        c = Ones();
    }

    /// <summary>Frees them.</summary>
    [GlobalCleanup]
    public void Free()
    {
        NativeMemory.AlignedFree(a);
        NativeMemory.AlignedFree(b);
        NativeMemory.AlignedFree(c);
    }

    /// <summary>A tile of the 5x5 convolution of 32 channels: 14 pixels, 32 filters, k = 5 · 160 (358,400 multiply-adds).</summary>
    [Benchmark]
    public void Convolution512() => Multiply<Vector512<float>, Simd512>(rows: 14);

    /// <summary>The same at 256 bits: 6 pixels, 16 filters (76,800 multiply-adds).</summary>
    [Benchmark]
    public void Convolution256() => Multiply<Vector256<float>, Simd256>(rows: 6);

    /// <summary>The same at 128 bits: 6 pixels, 8 filters (38,400 multiply-adds).</summary>
    [Benchmark]
    public void Convolution128() => Multiply<Vector128<float>, Simd128>(rows: 6);

    /// <summary>A tile of that convolution's weight gradient over four rows of 28 pixels (43,008 multiply-adds).</summary>
    [Benchmark]
    public void WeightGradient512() => TransposedMultiply<Vector512<float>, Simd512>(rows: 12);

    /// <summary>The same at 256 bits (10,752 multiply-adds).</summary>
    [Benchmark]
    public void WeightGradient256() => TransposedMultiply<Vector256<float>, Simd256>(rows: 6);

    private void Multiply<TVector, TSimd>(int rows)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        var operands = new MultiplyKernel<TVector, TSimd>.Operands
        {
            A = a, RowStride = 32, OuterCount = 5, OuterStride = 32 * 32, MiddleCount = 1, InnerCount = 160, B = b, C = c, OutputStride = 2 * TSimd.Lanes,
        };
        MultiplyKernel<TVector, TSimd>.Run(rows, 2, in operands);
    }

    private void TransposedMultiply<TVector, TSimd>(int rows)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        var operands = new TransposedMultiplyKernel<TVector, TSimd>.Operands
        {
            A = a, B = b, OuterCount = 4, OuterStrideA = 32 * 32, OuterStrideB = 28 * 2 * TSimd.Lanes, InnerCount = 28, InnerStrideA = 32,
            InnerStrideB = 2 * TSimd.Lanes, C = c, OutputStride = 2 * TSimd.Lanes,
        };
        TransposedMultiplyKernel<TVector, TSimd>.Run(rows, 2, in operands);
    }

    private static float* Ones()
    {
        var buffer = (float*)NativeMemory.AlignedAlloc(Floats * sizeof(float), 64);
        new Span<float>(buffer, Floats).Fill(1);
        return buffer;
    }
}
