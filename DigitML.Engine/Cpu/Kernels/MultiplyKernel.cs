using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>
/// C[r, j] (+)= Σ A[r, k] · B[k, j] for a tile of up to 14 rows and one or two vectors of columns, held in registers. It is the inner kernel of dense
/// layers, of direct convolution (rows are neighbouring pixels, k runs over the window) and of its input gradient.
/// </summary>
/// <remarks>
/// k runs over three nested loops, because the window of a pixel is not contiguous in memory: filter rows, filter columns, channels. B is packed in
/// the order k runs, so it is read straight through. Rows are addressed relative to every third one (plus one or two strides), since 14 row
/// pointers would not fit in the general-purpose registers.
/// </remarks>
internal static unsafe class MultiplyKernel<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private static readonly delegate*<in Operands, void>[] OneColumn =
    [
        null,
        &Run<N1, N1>, &Run<N2, N1>, &Run<N3, N1>, &Run<N4, N1>,
        &Run<N5, N1>, &Run<N6, N1>, &Run<N7, N1>, &Run<N8, N1>,
        &Run<N9, N1>, &Run<N10, N1>, &Run<N11, N1>, &Run<N12, N1>,
        &Run<N13, N1>, &Run<N14, N1>,
    ];

    private static readonly delegate*<in Operands, void>[] TwoColumns =
    [
        null,
        &Run<N1, N2>, &Run<N2, N2>, &Run<N3, N2>, &Run<N4, N2>,
        &Run<N5, N2>, &Run<N6, N2>, &Run<N7, N2>, &Run<N8, N2>,
        &Run<N9, N2>, &Run<N10, N2>, &Run<N11, N2>, &Run<N12, N2>,
        &Run<N13, N2>, &Run<N14, N2>,
    ];

    /// <summary>Runs a tile of <paramref name="rows"/> (1 .. 14) rows and <paramref name="columns"/> (1 or 2) vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run(int rows, int columns, in Operands operands) => (columns == 2 ? TwoColumns : OneColumn)[rows](in operands);

    /// <summary>Locations of a tile's operands. Strides are in floats.</summary>
    internal struct Operands
    {
        /// <summary>A[0, 0].</summary>
        internal float* A;

        /// <summary>Stride from one row of A to the next.</summary>
        internal nint RowStride;

        /// <summary>Outermost part of k: iterations and their stride in A.</summary>
        internal int OuterCount;
        internal nint OuterStride;

        /// <summary>Middle part of k.</summary>
        internal int MiddleCount;
        internal nint MiddleStride;

        /// <summary>Innermost part of k, contiguous in A.</summary>
        internal int InnerCount;

        /// <summary>B[0, 0]; rows of (columns · lanes) floats follow each other.</summary>
        internal float* B;

        /// <summary>C[0, 0].</summary>
        internal float* C;

        /// <summary>Stride from one row of C to the next.</summary>
        internal nint OutputStride;

        /// <summary>True to add to C rather than to replace it.</summary>
        internal bool Accumulate;

        /// <summary>Products of this shape, one after the other; 0 means one.</summary>
        internal int Repeats;

        /// <summary>Strides from a product's A, B and C to those of the next.</summary>
        internal nint NextA;
        internal nint NextB;
        internal nint NextC;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRows, TColumns>(in Operands operands)
        where TRows : struct, IConstant
        where TColumns : struct, IConstant
    {
        nint s1 = operands.RowStride, s2 = 2 * s1, stride = operands.OutputStride;
        bool accumulate = operands.Accumulate;
        float* firstA = operands.A, firstB = operands.B, c = operands.C;
        int repeats = operands.Repeats;
        do
        {
            TVector c00 = default, c01 = default;
            TVector c10 = default, c11 = default;
            TVector c20 = default, c21 = default;
            TVector c30 = default, c31 = default;
            TVector c40 = default, c41 = default;
            TVector c50 = default, c51 = default;
            TVector c60 = default, c61 = default;
            TVector c70 = default, c71 = default;
            TVector c80 = default, c81 = default;
            TVector c90 = default, c91 = default;
            TVector cA0 = default, cA1 = default;
            TVector cB0 = default, cB1 = default;
            TVector cC0 = default, cC1 = default;
            TVector cD0 = default, cD1 = default;
            float* outer = firstA;
            float* b = firstB, next = firstA + operands.NextA;
            nint ahead = operands.NextB;
            for (int o = operands.OuterCount; o > 0; o--, outer += operands.OuterStride)
            {
                float* middle = outer;
                for (int m = operands.MiddleCount; m > 0; m--, middle += operands.MiddleStride)
                {
                    float* a0 = middle, a3 = a0 + 3 * s1, a6 = a0 + 6 * s1, a9 = a0 + 9 * s1, aC = a0 + 12 * s1;
                    for (int k = operands.InnerCount; k > 0; k--)
                    {
                        TVector b0 = TSimd.Load(b), b1 = TColumns.Value == 2 ? TSimd.Load(b + TSimd.Lanes) : default;
                        CacheHint.Prefetch(b + ahead);
                        if (TColumns.Value * TSimd.Lanes > 16) CacheHint.Prefetch(b + ahead + 16);
                        CacheHint.Prefetch(next);
                        next += 16;
                        b += TColumns.Value * TSimd.Lanes;
                        Accumulate<TColumns>(*a0, b0, b1, ref c00, ref c01);
                        if (TRows.Value > 1) Accumulate<TColumns>(*(a0 + s1), b0, b1, ref c10, ref c11);
                        if (TRows.Value > 2) Accumulate<TColumns>(*(a0 + s2), b0, b1, ref c20, ref c21);
                        if (TRows.Value > 3) Accumulate<TColumns>(*a3, b0, b1, ref c30, ref c31);
                        if (TRows.Value > 4) Accumulate<TColumns>(*(a3 + s1), b0, b1, ref c40, ref c41);
                        if (TRows.Value > 5) Accumulate<TColumns>(*(a3 + s2), b0, b1, ref c50, ref c51);
                        if (TRows.Value > 6) Accumulate<TColumns>(*a6, b0, b1, ref c60, ref c61);
                        if (TRows.Value > 7) Accumulate<TColumns>(*(a6 + s1), b0, b1, ref c70, ref c71);
                        if (TRows.Value > 8) Accumulate<TColumns>(*(a6 + s2), b0, b1, ref c80, ref c81);
                        if (TRows.Value > 9) Accumulate<TColumns>(*a9, b0, b1, ref c90, ref c91);
                        if (TRows.Value > 10) Accumulate<TColumns>(*(a9 + s1), b0, b1, ref cA0, ref cA1);
                        if (TRows.Value > 11) Accumulate<TColumns>(*(a9 + s2), b0, b1, ref cB0, ref cB1);
                        if (TRows.Value > 12) Accumulate<TColumns>(*aC, b0, b1, ref cC0, ref cC1);
                        if (TRows.Value > 13) Accumulate<TColumns>(*(aC + s1), b0, b1, ref cD0, ref cD1);
                        a0++;
                        if (TRows.Value > 3) a3++;
                        if (TRows.Value > 6) a6++;
                        if (TRows.Value > 9) a9++;
                        if (TRows.Value > 12) aC++;
                    }
                }
            }

            Write<TColumns>(c, accumulate, c00, c01);
            if (TRows.Value > 1) Write<TColumns>(c + stride, accumulate, c10, c11);
            if (TRows.Value > 2) Write<TColumns>(c + 2 * stride, accumulate, c20, c21);
            if (TRows.Value > 3) Write<TColumns>(c + 3 * stride, accumulate, c30, c31);
            if (TRows.Value > 4) Write<TColumns>(c + 4 * stride, accumulate, c40, c41);
            if (TRows.Value > 5) Write<TColumns>(c + 5 * stride, accumulate, c50, c51);
            if (TRows.Value > 6) Write<TColumns>(c + 6 * stride, accumulate, c60, c61);
            if (TRows.Value > 7) Write<TColumns>(c + 7 * stride, accumulate, c70, c71);
            if (TRows.Value > 8) Write<TColumns>(c + 8 * stride, accumulate, c80, c81);
            if (TRows.Value > 9) Write<TColumns>(c + 9 * stride, accumulate, c90, c91);
            if (TRows.Value > 10) Write<TColumns>(c + 10 * stride, accumulate, cA0, cA1);
            if (TRows.Value > 11) Write<TColumns>(c + 11 * stride, accumulate, cB0, cB1);
            if (TRows.Value > 12) Write<TColumns>(c + 12 * stride, accumulate, cC0, cC1);
            if (TRows.Value > 13) Write<TColumns>(c + 13 * stride, accumulate, cD0, cD1);
            firstA += operands.NextA;
            firstB += operands.NextB;
            c += operands.NextC;
        }
        while (--repeats > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate<TColumns>(float a, TVector b0, TVector b1, ref TVector c0, ref TVector c1)
        where TColumns : struct, IConstant
    {
        TVector x = TSimd.Create(a);
        c0 = TSimd.MultiplyAdd(x, b0, c0);
        if (TColumns.Value == 2) c1 = TSimd.MultiplyAdd(x, b1, c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TColumns>(float* c, bool accumulate, TVector c0, TVector c1)
        where TColumns : struct, IConstant
    {
        TSimd.Store(accumulate ? TSimd.Add(TSimd.Load(c), c0) : c0, c);
        if (TColumns.Value == 2)
        {
            float* next = c + TSimd.Lanes;
            TSimd.Store(accumulate ? TSimd.Add(TSimd.Load(next), c1) : c1, next);
        }
    }
}
