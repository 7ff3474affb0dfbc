using System.Diagnostics;
using System.Runtime.Intrinsics;
using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu;

/// <summary>Measures the peak throughput of the processor's multiply-add units: the yardstick for every kernel.</summary>
internal static class FmaPeak
{
    private const int Iterations = 4_000_000;
    private const int Rounds = 10;

    /// <summary>The best of several rounds, in GFLOP/s (a multiply-add is two operations), all threads together.</summary>
    /// <param name="threads">Number of threads that run at once, 1 or more.</param>
    /// <param name="vectorBits">512, 256 or 128; 0 for the widest that the processor supports natively.</param>
    public static double Measure(int threads, int vectorBits = 0) => (vectorBits == 0 ? CpuDevice.NativeVectorBits : vectorBits) switch
    {
        512 => Measure<Vector512<float>, Simd512>(threads),
        256 => Measure<Vector256<float>, Simd256>(threads),
        _ => Measure<Vector128<float>, Simd128>(threads),
    };

    private static double Measure<TVector, TSimd>(int threads)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        double best = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            var others = new Thread[threads - 1];
            for (int i = 0; i < others.Length; i++)
            {
                others[i] = new Thread(() => FmaLoop<TVector, TSimd>.Run(Iterations));
                others[i].Start();
            }

            FmaLoop<TVector, TSimd>.Run(Iterations);
            foreach (Thread other in others) other.Join();
            double operations = 2.0 * threads * Iterations * FmaLoop<TVector, TSimd>.FmasPerIteration;
            best = Math.Max(best, operations / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9);
        }

        return best;
    }
}
