using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>
/// C[r, j] = Σ over terms t of Σ A[t, k, r] · B[t, k, j] for a tile of up to 6 rows and one or two vectors of columns: the inner kernel of weight gradients over
/// the whole minibatch. Each term is a separate sum; terms are added up in the order of <see cref="TreeSum"/>.
/// </summary>
/// <remarks>
/// Two neighbouring terms are computed at once and added in registers, so that half as many sums go through memory as with a tile of 12 rows and one term, which
/// takes 1.2 times as long with eight samples per term.
/// </remarks>
internal static unsafe class TreeProductKernel<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>Maximum number of sums of pairs and larger subtrees that wait for their other half.</summary>
    internal const int Levels = 3;

    private static readonly delegate*<in Operands, void>[] OneColumn =
    [
        null, &Run<N1, N1>, &Run<N2, N1>, &Run<N3, N1>, &Run<N4, N1>, &Run<N5, N1>, &Run<N6, N1>,
    ];

    private static readonly delegate*<in Operands, void>[] TwoColumns =
    [
        null, &Run<N1, N2>, &Run<N2, N2>, &Run<N3, N2>, &Run<N4, N2>, &Run<N5, N2>, &Run<N6, N2>,
    ];

    /// <summary>Maximum number of rows of a tile at this width: two tiles are in registers.</summary>
    internal static int MaxRows => Math.Min(TSimd.MaxRows / 2, 6);

    /// <summary>Runs a tile of <paramref name="rows"/> (1 .. 6) rows and <paramref name="columns"/> (1 or 2) vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run(int rows, int columns, in Operands operands) => (columns == 2 ? TwoColumns : OneColumn)[rows](in operands);

    /// <summary>Locations of a tile's operands. Strides are in floats.</summary>
    internal struct Operands
    {
        /// <summary>A[0, 0, 0]; the tile's rows follow each other.</summary>
        internal float* A;

        /// <summary>B[0, 0, 0].</summary>
        internal float* B;

        /// <summary>Strides from one k to the next.</summary>
        internal nint StrideA;
        internal nint StrideB;

        /// <summary>Strides from one term to the next.</summary>
        internal nint NextA;
        internal nint NextB;

        /// <summary>Terms, 1 to 16.</summary>
        internal int Terms;

        /// <summary>Values of k in each term but the last.</summary>
        internal int Count;

        /// <summary>Values of k in the last term: at most as many as in the others.</summary>
        internal int LastCount;

        /// <summary>C[0, 0]; its rows of one or two vectors follow each other.</summary>
        internal float* C;

        /// <summary>Scratch space for <see cref="Levels"/> tiles.</summary>
        internal float* Subtrees;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRows, TColumns>(in Operands operands)
        where TRows : struct, IConstant
        where TColumns : struct, IConstant
    {
        nint strideA = operands.StrideA, strideB = operands.StrideB;
        int stride = TColumns.Value * TSimd.Lanes, pairs = (operands.Terms + 1) / 2;
        float* firstA = operands.A, firstB = operands.B;
        for (int pair = 0; pair < pairs; pair++, firstA += 2 * operands.NextA, firstB += 2 * operands.NextB)
        {
            bool isLast = pair == pairs - 1, isAlone = 2 * pair + 1 == operands.Terms;
            int firstCount = isAlone ? operands.LastCount : operands.Count;
            int secondCount = isAlone ? 0 : 2 * pair + 2 == operands.Terms ? operands.LastCount : operands.Count;
            float* a = firstA, b = firstB, nextA = a + operands.NextA, nextB = b + operands.NextB;
            TVector c00 = default, c01 = default;
            TVector c10 = default, c11 = default;
            TVector c20 = default, c21 = default;
            TVector c30 = default, c31 = default;
            TVector c40 = default, c41 = default;
            TVector c50 = default, c51 = default;
            TVector d00 = default, d01 = default;
            TVector d10 = default, d11 = default;
            TVector d20 = default, d21 = default;
            TVector d30 = default, d31 = default;
            TVector d40 = default, d41 = default;
            TVector d50 = default, d51 = default;
            TVector b0 = TSimd.Load(b), b1 = TColumns.Value == 2 ? TSimd.Load(b + TSimd.Lanes) : default;
            Product<TColumns>(a[0], b0, b1, out c00, out c01);
            if (TRows.Value > 1) Product<TColumns>(a[1], b0, b1, out c10, out c11);
            if (TRows.Value > 2) Product<TColumns>(a[2], b0, b1, out c20, out c21);
            if (TRows.Value > 3) Product<TColumns>(a[3], b0, b1, out c30, out c31);
            if (TRows.Value > 4) Product<TColumns>(a[4], b0, b1, out c40, out c41);
            if (TRows.Value > 5) Product<TColumns>(a[5], b0, b1, out c50, out c51);
            if (!isAlone)
            {
                TVector e0 = TSimd.Load(nextB), e1 = TColumns.Value == 2 ? TSimd.Load(nextB + TSimd.Lanes) : default;
                Product<TColumns>(nextA[0], e0, e1, out d00, out d01);
                if (TRows.Value > 1) Product<TColumns>(nextA[1], e0, e1, out d10, out d11);
                if (TRows.Value > 2) Product<TColumns>(nextA[2], e0, e1, out d20, out d21);
                if (TRows.Value > 3) Product<TColumns>(nextA[3], e0, e1, out d30, out d31);
                if (TRows.Value > 4) Product<TColumns>(nextA[4], e0, e1, out d40, out d41);
                if (TRows.Value > 5) Product<TColumns>(nextA[5], e0, e1, out d50, out d51);
            }

            for (int k = secondCount - 1; k > 0; k--)
            {
                a += strideA;
                b += strideB;
                b0 = TSimd.Load(b);
                if (TColumns.Value == 2) b1 = TSimd.Load(b + TSimd.Lanes);
                Accumulate<TColumns>(a[0], b0, b1, ref c00, ref c01);
                if (TRows.Value > 1) Accumulate<TColumns>(a[1], b0, b1, ref c10, ref c11);
                if (TRows.Value > 2) Accumulate<TColumns>(a[2], b0, b1, ref c20, ref c21);
                if (TRows.Value > 3) Accumulate<TColumns>(a[3], b0, b1, ref c30, ref c31);
                if (TRows.Value > 4) Accumulate<TColumns>(a[4], b0, b1, ref c40, ref c41);
                if (TRows.Value > 5) Accumulate<TColumns>(a[5], b0, b1, ref c50, ref c51);
                nextA += strideA;
                nextB += strideB;
                b0 = TSimd.Load(nextB);
                if (TColumns.Value == 2) b1 = TSimd.Load(nextB + TSimd.Lanes);
                Accumulate<TColumns>(nextA[0], b0, b1, ref d00, ref d01);
                if (TRows.Value > 1) Accumulate<TColumns>(nextA[1], b0, b1, ref d10, ref d11);
                if (TRows.Value > 2) Accumulate<TColumns>(nextA[2], b0, b1, ref d20, ref d21);
                if (TRows.Value > 3) Accumulate<TColumns>(nextA[3], b0, b1, ref d30, ref d31);
                if (TRows.Value > 4) Accumulate<TColumns>(nextA[4], b0, b1, ref d40, ref d41);
                if (TRows.Value > 5) Accumulate<TColumns>(nextA[5], b0, b1, ref d50, ref d51);
            }

            // If the second term is absent or shorter.
            for (int k = firstCount - Math.Max(secondCount, 1); k > 0; k--)
            {
                a += strideA;
                b += strideB;
                b0 = TSimd.Load(b);
                if (TColumns.Value == 2) b1 = TSimd.Load(b + TSimd.Lanes);
                Accumulate<TColumns>(a[0], b0, b1, ref c00, ref c01);
                if (TRows.Value > 1) Accumulate<TColumns>(a[1], b0, b1, ref c10, ref c11);
                if (TRows.Value > 2) Accumulate<TColumns>(a[2], b0, b1, ref c20, ref c21);
                if (TRows.Value > 3) Accumulate<TColumns>(a[3], b0, b1, ref c30, ref c31);
                if (TRows.Value > 4) Accumulate<TColumns>(a[4], b0, b1, ref c40, ref c41);
                if (TRows.Value > 5) Accumulate<TColumns>(a[5], b0, b1, ref c50, ref c51);
            }

            if (!isAlone)
            {
                AddPair<TColumns>(d00, d01, ref c00, ref c01);
                if (TRows.Value > 1) AddPair<TColumns>(d10, d11, ref c10, ref c11);
                if (TRows.Value > 2) AddPair<TColumns>(d20, d21, ref c20, ref c21);
                if (TRows.Value > 3) AddPair<TColumns>(d30, d31, ref c30, ref c31);
                if (TRows.Value > 4) AddPair<TColumns>(d40, d41, ref c40, ref c41);
                if (TRows.Value > 5) AddPair<TColumns>(d50, d51, ref c50, ref c51);
            }

            // A pair is added to the subtrees to its left that it completes (one per trailing 1 bit of its index); the last pair is added to all that are left.
            float* subtree = operands.Subtrees;
            for (int added = pair; (added & 1) != 0 || (isLast && added != 0); added >>= 1, subtree += TRows.Value * stride)
            {
                if ((added & 1) == 0) continue;
                AddSubtree<TColumns>(subtree, ref c00, ref c01);
                if (TRows.Value > 1) AddSubtree<TColumns>(subtree + stride, ref c10, ref c11);
                if (TRows.Value > 2) AddSubtree<TColumns>(subtree + 2 * stride, ref c20, ref c21);
                if (TRows.Value > 3) AddSubtree<TColumns>(subtree + 3 * stride, ref c30, ref c31);
                if (TRows.Value > 4) AddSubtree<TColumns>(subtree + 4 * stride, ref c40, ref c41);
                if (TRows.Value > 5) AddSubtree<TColumns>(subtree + 5 * stride, ref c50, ref c51);
            }

            float* result = isLast ? operands.C : subtree;
            Store<TColumns>(result, c00, c01);
            if (TRows.Value > 1) Store<TColumns>(result + stride, c10, c11);
            if (TRows.Value > 2) Store<TColumns>(result + 2 * stride, c20, c21);
            if (TRows.Value > 3) Store<TColumns>(result + 3 * stride, c30, c31);
            if (TRows.Value > 4) Store<TColumns>(result + 4 * stride, c40, c41);
            if (TRows.Value > 5) Store<TColumns>(result + 5 * stride, c50, c51);
        }
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
    private static void Accumulate<TColumns>(float a, TVector b0, TVector b1, ref TVector c0, ref TVector c1)
        where TColumns : struct, IConstant
    {
        TVector x = TSimd.Create(a);
        c0 = TSimd.MultiplyAdd(x, b0, c0);
        if (TColumns.Value == 2) c1 = TSimd.MultiplyAdd(x, b1, c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPair<TColumns>(TVector d0, TVector d1, ref TVector c0, ref TVector c1)
        where TColumns : struct, IConstant
    {
        c0 = TSimd.Add(c0, d0);
        if (TColumns.Value == 2) c1 = TSimd.Add(c1, d1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSubtree<TColumns>(float* subtree, ref TVector c0, ref TVector c1)
        where TColumns : struct, IConstant
    {
        c0 = TSimd.Add(TSimd.Load(subtree), c0);
        if (TColumns.Value == 2) c1 = TSimd.Add(TSimd.Load(subtree + TSimd.Lanes), c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TColumns>(float* c, TVector c0, TVector c1)
        where TColumns : struct, IConstant
    {
        TSimd.Store(c0, c);
        if (TColumns.Value == 2) TSimd.Store(c1, c + TSimd.Lanes);
    }
}
