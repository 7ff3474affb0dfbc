using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>Nothing but fused multiply-adds on 16 registers: the processor's peak arithmetic throughput.</summary>
internal static class FmaLoop<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>Multiply-adds of one iteration, in floats.</summary>
    internal static int FmasPerIteration => 16 * TSimd.Lanes;

    /// <summary>Runs the loop; the result keeps the work from being optimised away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static TVector Run(int iterations)
    {
        TVector x = TSimd.Create(0.999f), y = TSimd.Create(0.001f);
        TVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x, m = x, n = x, o = x, p = x;
        for (int t = 0; t < iterations; t++)
        {
            a = TSimd.MultiplyAdd(a, x, y);
            b = TSimd.MultiplyAdd(b, x, y);
            c = TSimd.MultiplyAdd(c, x, y);
            d = TSimd.MultiplyAdd(d, x, y);
            e = TSimd.MultiplyAdd(e, x, y);
            f = TSimd.MultiplyAdd(f, x, y);
            g = TSimd.MultiplyAdd(g, x, y);
            h = TSimd.MultiplyAdd(h, x, y);
            i = TSimd.MultiplyAdd(i, x, y);
            j = TSimd.MultiplyAdd(j, x, y);
            k = TSimd.MultiplyAdd(k, x, y);
            l = TSimd.MultiplyAdd(l, x, y);
            m = TSimd.MultiplyAdd(m, x, y);
            n = TSimd.MultiplyAdd(n, x, y);
            o = TSimd.MultiplyAdd(o, x, y);
            p = TSimd.MultiplyAdd(p, x, y);
        }

        TVector s = TSimd.Add(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)), TSimd.Add(TSimd.Add(e, f), TSimd.Add(g, h)));
        return TSimd.Add(s, TSimd.Add(TSimd.Add(TSimd.Add(i, j), TSimd.Add(k, l)), TSimd.Add(TSimd.Add(m, n), TSimd.Add(o, p))));
    }
}
