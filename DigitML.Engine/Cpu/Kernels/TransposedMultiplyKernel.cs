using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>
/// C[r, j] (+)= Σ A[k, r] · B[k, j] for a tile of up to 12 rows and one or two vectors of columns, held in registers: the inner kernel of weight
/// gradients. r runs over neighbouring inputs (contiguous in A), j over outputs, k over pixels or samples.
/// </summary>
internal static unsafe class TransposedMultiplyKernel<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>Maximum number of rows of a tile at this width.</summary>
    internal static int MaxRows => Math.Min(TSimd.MaxRows, 12);

    private static readonly delegate*<in Operands, void>[] OneColumn =
    [
        null,
        &Run<N1, N1>, &Run<N2, N1>, &Run<N3, N1>, &Run<N4, N1>,
        &Run<N5, N1>, &Run<N6, N1>, &Run<N7, N1>, &Run<N8, N1>,
        &Run<N9, N1>, &Run<N10, N1>, &Run<N11, N1>, &Run<N12, N1>,
    ];

    private static readonly delegate*<in Operands, void>[] TwoColumns =
    [
        null,
        &Run<N1, N2>, &Run<N2, N2>, &Run<N3, N2>, &Run<N4, N2>,
        &Run<N5, N2>, &Run<N6, N2>, &Run<N7, N2>, &Run<N8, N2>,
        &Run<N9, N2>, &Run<N10, N2>, &Run<N11, N2>, &Run<N12, N2>,
    ];

    /// <summary>Runs a tile of <paramref name="rows"/> (1 .. 12) rows and <paramref name="columns"/> (1 or 2) vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run(int rows, int columns, in Operands operands) => (columns == 2 ? TwoColumns : OneColumn)[rows](in operands);

    /// <summary>Locations of a tile's operands. Strides are in floats.</summary>
    internal struct Operands
    {
        /// <summary>A[0, 0]; the tile's rows follow each other.</summary>
        internal float* A;

        /// <summary>B[0, 0].</summary>
        internal float* B;

        /// <summary>Outer part of k: image rows, and their strides.</summary>
        internal int OuterCount;
        internal nint OuterStrideA;
        internal nint OuterStrideB;

        /// <summary>Inner part of k: pixels of an image row.</summary>
        internal int InnerCount;
        internal nint InnerStrideA;
        internal nint InnerStrideB;

        /// <summary>C[0, 0]; its rows of one or two vectors follow each other.</summary>
        internal float* C;

        /// <summary>True to replace C rather than to add to it.</summary>
        internal bool Replace;

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
        nint strideA = operands.InnerStrideA, strideB = operands.InnerStrideB;
        int stride = TColumns.Value * TSimd.Lanes;
        bool replace = operands.Replace;
        float* firstA = operands.A, firstB = operands.B, c = operands.C;
        int repeats = Math.Max(operands.Repeats, 1);
        for (int repeat = 0; repeat < repeats; repeat++)
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
            float* outerA = firstA;
            float* outerB = firstB;
            nint aheadA = operands.NextA, aheadB = operands.NextB;
            float* next = c + operands.NextC;
            for (int o = operands.OuterCount; o > 0; o--, outerA += operands.OuterStrideA, outerB += operands.OuterStrideB)
            {
                float* a = outerA;
                float* b = outerB;
                for (int k = operands.InnerCount; k > 0; k--, a += strideA, b += strideB)
                {
                    TVector b0 = TSimd.Load(b), b1 = TColumns.Value == 2 ? TSimd.Load(b + TSimd.Lanes) : default;
                    CacheHint.Prefetch(a + aheadA);
                    CacheHint.Prefetch(b + aheadB);
                    if (TColumns.Value * TSimd.Lanes > 16) CacheHint.Prefetch(b + aheadB + 16);
                    CacheHint.Prefetch(next);
                    CacheHint.Prefetch(next + 16);
                    next += 32;
                    Accumulate<TColumns>(a[0], b0, b1, ref c00, ref c01);
                    if (TRows.Value > 1) Accumulate<TColumns>(a[1], b0, b1, ref c10, ref c11);
                    if (TRows.Value > 2) Accumulate<TColumns>(a[2], b0, b1, ref c20, ref c21);
                    if (TRows.Value > 3) Accumulate<TColumns>(a[3], b0, b1, ref c30, ref c31);
                    if (TRows.Value > 4) Accumulate<TColumns>(a[4], b0, b1, ref c40, ref c41);
                    if (TRows.Value > 5) Accumulate<TColumns>(a[5], b0, b1, ref c50, ref c51);
                    if (TRows.Value > 6) Accumulate<TColumns>(a[6], b0, b1, ref c60, ref c61);
                    if (TRows.Value > 7) Accumulate<TColumns>(a[7], b0, b1, ref c70, ref c71);
                    if (TRows.Value > 8) Accumulate<TColumns>(a[8], b0, b1, ref c80, ref c81);
                    if (TRows.Value > 9) Accumulate<TColumns>(a[9], b0, b1, ref c90, ref c91);
                    if (TRows.Value > 10) Accumulate<TColumns>(a[10], b0, b1, ref cA0, ref cA1);
                    if (TRows.Value > 11) Accumulate<TColumns>(a[11], b0, b1, ref cB0, ref cB1);
                }
            }

            Write<TColumns>(c, replace, c00, c01);
            if (TRows.Value > 1) Write<TColumns>(c + stride, replace, c10, c11);
            if (TRows.Value > 2) Write<TColumns>(c + 2 * stride, replace, c20, c21);
            if (TRows.Value > 3) Write<TColumns>(c + 3 * stride, replace, c30, c31);
            if (TRows.Value > 4) Write<TColumns>(c + 4 * stride, replace, c40, c41);
            if (TRows.Value > 5) Write<TColumns>(c + 5 * stride, replace, c50, c51);
            if (TRows.Value > 6) Write<TColumns>(c + 6 * stride, replace, c60, c61);
            if (TRows.Value > 7) Write<TColumns>(c + 7 * stride, replace, c70, c71);
            if (TRows.Value > 8) Write<TColumns>(c + 8 * stride, replace, c80, c81);
            if (TRows.Value > 9) Write<TColumns>(c + 9 * stride, replace, c90, c91);
            if (TRows.Value > 10) Write<TColumns>(c + 10 * stride, replace, cA0, cA1);
            if (TRows.Value > 11) Write<TColumns>(c + 11 * stride, replace, cB0, cB1);
            firstA += operands.NextA;
            firstB += operands.NextB;
            c += operands.NextC;
        }
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
    private static void Write<TColumns>(float* c, bool replace, TVector c0, TVector c1)
        where TColumns : struct, IConstant
    {
        TSimd.Store(replace ? c0 : TSimd.Add(TSimd.Load(c), c0), c);
        if (TColumns.Value == 2) TSimd.Store(replace ? c1 : TSimd.Add(TSimd.Load(c + TSimd.Lanes), c1), c + TSimd.Lanes);
    }
}
