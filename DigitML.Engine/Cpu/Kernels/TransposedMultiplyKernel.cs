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
    /// <summary>Most rows of a tile at this width.</summary>
    internal static int MaxRows => Math.Min(TSimd.MaxRows, 12);

    private static readonly delegate*<in Operands, void>[] OneColumn =
    [
        null,
        &Run<N1, N1, Products>, &Run<N2, N1, Products>, &Run<N3, N1, Products>, &Run<N4, N1, Products>,
        &Run<N5, N1, Products>, &Run<N6, N1, Products>, &Run<N7, N1, Products>, &Run<N8, N1, Products>,
        &Run<N9, N1, Products>, &Run<N10, N1, Products>, &Run<N11, N1, Products>, &Run<N12, N1, Products>,
    ];

    private static readonly delegate*<in Operands, void>[] TwoColumns =
    [
        null,
        &Run<N1, N2, Products>, &Run<N2, N2, Products>, &Run<N3, N2, Products>, &Run<N4, N2, Products>,
        &Run<N5, N2, Products>, &Run<N6, N2, Products>, &Run<N7, N2, Products>, &Run<N8, N2, Products>,
        &Run<N9, N2, Products>, &Run<N10, N2, Products>, &Run<N11, N2, Products>, &Run<N12, N2, Products>,
    ];

    private static readonly delegate*<in Operands, void>[] OneColumnOfTerms =
    [
        null,
        &Run<N1, N1, Terms>, &Run<N2, N1, Terms>, &Run<N3, N1, Terms>, &Run<N4, N1, Terms>,
        &Run<N5, N1, Terms>, &Run<N6, N1, Terms>, &Run<N7, N1, Terms>, &Run<N8, N1, Terms>,
        &Run<N9, N1, Terms>, &Run<N10, N1, Terms>, &Run<N11, N1, Terms>, &Run<N12, N1, Terms>,
    ];

    private static readonly delegate*<in Operands, void>[] TwoColumnsOfTerms =
    [
        null,
        &Run<N1, N2, Terms>, &Run<N2, N2, Terms>, &Run<N3, N2, Terms>, &Run<N4, N2, Terms>,
        &Run<N5, N2, Terms>, &Run<N6, N2, Terms>, &Run<N7, N2, Terms>, &Run<N8, N2, Terms>,
        &Run<N9, N2, Terms>, &Run<N10, N2, Terms>, &Run<N11, N2, Terms>, &Run<N12, N2, Terms>,
    ];

    /// <summary>Most subtrees whose sums wait for their other half.</summary>
    internal const int Levels = 4;

    private interface IMode
    {
        /// <summary>Whether the repeats are terms of one C.</summary>
        static abstract bool AreTerms { get; }
    }

    /// <summary>Runs a tile of <paramref name="rows"/> (1 .. 12) rows and <paramref name="columns"/> (1 or 2) vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run(int rows, int columns, in Operands operands) => (columns == 2 ? TwoColumns : OneColumn)[rows](in operands);

    /// <summary>
    /// The same, where the <see cref="Operands.Repeats"/> products are terms of one C: each is a sum of its own, and they are added up in the order of
    /// <see cref="TreeSum"/>. The last one may be shorter.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void RunTerms(int rows, int columns, in Operands operands) => (columns == 2 ? TwoColumnsOfTerms : OneColumnOfTerms)[rows](in operands);

    /// <summary>Where a tile's operands lie. Strides are in floats.</summary>
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

        /// <summary>Whether to replace C rather than to add to it.</summary>
        internal bool Replace;

        /// <summary>Products of this shape, one after the other; 0 means one.</summary>
        internal int Repeats;

        /// <summary>From a product's A, B and C to the next one's.</summary>
        internal nint NextA;
        internal nint NextB;
        internal nint NextC;

        /// <summary>Of terms: room for <see cref="Levels"/> tiles, the sums of subtrees that wait for their other half.</summary>
        internal float* Subtrees;

        /// <summary>Of terms: the inner count of the last one; the outer count is 1.</summary>
        internal int LastInnerCount;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRows, TColumns, TMode>(in Operands operands)
        where TRows : struct, IConstant
        where TColumns : struct, IConstant
        where TMode : struct, IMode
    {
        nint strideA = operands.InnerStrideA, strideB = operands.InnerStrideB;
        int stride = TColumns.Value * TSimd.Lanes;
        bool replace = operands.Replace;
        float* firstA = operands.A, firstB = operands.B, c = operands.C;
        int repeats = Math.Max(operands.Repeats, 1);
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            bool isLast = TMode.AreTerms && repeat == repeats - 1;
            int innerCount = isLast ? operands.LastInnerCount : operands.InnerCount;
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
                int k = innerCount;
                if (TMode.AreTerms)
                {
                    TVector b0 = TSimd.Load(b), b1 = TColumns.Value == 2 ? TSimd.Load(b + TSimd.Lanes) : default;
                    Product<TColumns>(a[0], b0, b1, out c00, out c01);
                    if (TRows.Value > 1) Product<TColumns>(a[1], b0, b1, out c10, out c11);
                    if (TRows.Value > 2) Product<TColumns>(a[2], b0, b1, out c20, out c21);
                    if (TRows.Value > 3) Product<TColumns>(a[3], b0, b1, out c30, out c31);
                    if (TRows.Value > 4) Product<TColumns>(a[4], b0, b1, out c40, out c41);
                    if (TRows.Value > 5) Product<TColumns>(a[5], b0, b1, out c50, out c51);
                    if (TRows.Value > 6) Product<TColumns>(a[6], b0, b1, out c60, out c61);
                    if (TRows.Value > 7) Product<TColumns>(a[7], b0, b1, out c70, out c71);
                    if (TRows.Value > 8) Product<TColumns>(a[8], b0, b1, out c80, out c81);
                    if (TRows.Value > 9) Product<TColumns>(a[9], b0, b1, out c90, out c91);
                    if (TRows.Value > 10) Product<TColumns>(a[10], b0, b1, out cA0, out cA1);
                    if (TRows.Value > 11) Product<TColumns>(a[11], b0, b1, out cB0, out cB1);
                    k--;
                    a += strideA;
                    b += strideB;
                }

                for (; k > 0; k--, a += strideA, b += strideB)
                {
                    TVector b0 = TSimd.Load(b), b1 = TColumns.Value == 2 ? TSimd.Load(b + TSimd.Lanes) : default;
                    if (!TMode.AreTerms)
                    {
                        CacheHint.Prefetch(a + aheadA);
                        CacheHint.Prefetch(b + aheadB);
                        if (TColumns.Value * TSimd.Lanes > 16) CacheHint.Prefetch(b + aheadB + 16);
                        CacheHint.Prefetch(next);
                        CacheHint.Prefetch(next + 16);
                        next += 32;
                    }

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

            // A term is added to the subtrees to its left that it completes (the ones at the end of its index), the last one to all that are left.
            float* subtree = TMode.AreTerms ? operands.Subtrees : c;
            int added = TMode.AreTerms ? repeat : replace ? 0 : 1;
            for (; (added & 1) != 0 || (isLast && added != 0); added >>= 1, subtree += TRows.Value * stride)
            {
                if ((added & 1) == 0) continue;
                Add<TColumns>(subtree, ref c00, ref c01);
                if (TRows.Value > 1) Add<TColumns>(subtree + stride, ref c10, ref c11);
                if (TRows.Value > 2) Add<TColumns>(subtree + 2 * stride, ref c20, ref c21);
                if (TRows.Value > 3) Add<TColumns>(subtree + 3 * stride, ref c30, ref c31);
                if (TRows.Value > 4) Add<TColumns>(subtree + 4 * stride, ref c40, ref c41);
                if (TRows.Value > 5) Add<TColumns>(subtree + 5 * stride, ref c50, ref c51);
                if (TRows.Value > 6) Add<TColumns>(subtree + 6 * stride, ref c60, ref c61);
                if (TRows.Value > 7) Add<TColumns>(subtree + 7 * stride, ref c70, ref c71);
                if (TRows.Value > 8) Add<TColumns>(subtree + 8 * stride, ref c80, ref c81);
                if (TRows.Value > 9) Add<TColumns>(subtree + 9 * stride, ref c90, ref c91);
                if (TRows.Value > 10) Add<TColumns>(subtree + 10 * stride, ref cA0, ref cA1);
                if (TRows.Value > 11) Add<TColumns>(subtree + 11 * stride, ref cB0, ref cB1);
            }

            float* result = TMode.AreTerms && !isLast ? subtree : c;
            Store<TColumns>(result, c00, c01);
            if (TRows.Value > 1) Store<TColumns>(result + stride, c10, c11);
            if (TRows.Value > 2) Store<TColumns>(result + 2 * stride, c20, c21);
            if (TRows.Value > 3) Store<TColumns>(result + 3 * stride, c30, c31);
            if (TRows.Value > 4) Store<TColumns>(result + 4 * stride, c40, c41);
            if (TRows.Value > 5) Store<TColumns>(result + 5 * stride, c50, c51);
            if (TRows.Value > 6) Store<TColumns>(result + 6 * stride, c60, c61);
            if (TRows.Value > 7) Store<TColumns>(result + 7 * stride, c70, c71);
            if (TRows.Value > 8) Store<TColumns>(result + 8 * stride, c80, c81);
            if (TRows.Value > 9) Store<TColumns>(result + 9 * stride, c90, c91);
            if (TRows.Value > 10) Store<TColumns>(result + 10 * stride, cA0, cA1);
            if (TRows.Value > 11) Store<TColumns>(result + 11 * stride, cB0, cB1);
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
    private static void Product<TColumns>(float a, TVector b0, TVector b1, out TVector c0, out TVector c1)
        where TColumns : struct, IConstant
    {
        TVector x = TSimd.Create(a);
        c0 = TSimd.Multiply(x, b0);
        c1 = TColumns.Value == 2 ? TSimd.Multiply(x, b1) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TColumns>(float* c, ref TVector c0, ref TVector c1)
        where TColumns : struct, IConstant
    {
        c0 = TSimd.Add(TSimd.Load(c), c0);
        if (TColumns.Value == 2) c1 = TSimd.Add(TSimd.Load(c + TSimd.Lanes), c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TColumns>(float* c, TVector c0, TVector c1)
        where TColumns : struct, IConstant
    {
        TSimd.Store(c0, c);
        if (TColumns.Value == 2) TSimd.Store(c1, c + TSimd.Lanes);
    }

    private readonly struct Products : IMode
    {
        public static bool AreTerms => false;
    }

    private readonly struct Terms : IMode
    {
        public static bool AreTerms => true;
    }
}
