using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>Adds up to 16 rows of values, each value in the order of <see cref="TreeSum"/>.</summary>
internal static unsafe class TreeSumOfRows<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>total[i] = Σ over rows of rows[row · stride + i], for a whole number of vectors. <paramref name="total"/> may be one of the rows.</summary>
    /// <param name="rows">The first row.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="count">Rows, 1 to 16.</param>
    /// <param name="length">Floats of a row.</param>
    /// <param name="total">The sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run(float* rows, nint stride, int count, int length, float* total)
    {
        for (int i = 0; i < length; i += TSimd.Lanes) TSimd.Store(UpTo16(rows + i, stride, count), total + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector UpTo16(float* p, nint stride, int count)
    {
        if (count <= 8) return UpTo8(p, stride, count);
        float* right = p + 8 * stride;
        return TSimd.Add(Eight(p, stride), count == 16 ? Eight(right, stride) : UpTo8(right, stride, count - 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector UpTo8(float* p, nint stride, int count) =>
        count == 8 ? Eight(p, stride) : count > 4 ? TSimd.Add(Four(p, stride), UpTo4(p + 4 * stride, stride, count - 4)) : UpTo4(p, stride, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector UpTo4(float* p, nint stride, int count) => count switch
    {
        1 => TSimd.Load(p),
        2 => Two(p, stride),
        3 => TSimd.Add(Two(p, stride), TSimd.Load(p + 2 * stride)),
        _ => Four(p, stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Eight(float* p, nint stride) => TSimd.Add(Four(p, stride), Four(p + 4 * stride, stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Four(float* p, nint stride) => TSimd.Add(Two(p, stride), Two(p + 2 * stride, stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Two(float* p, nint stride) => TSimd.Add(TSimd.Load(p), TSimd.Load(p + stride));
}
