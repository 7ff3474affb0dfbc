using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Multiplies vectors of channels by a <see cref="ParityMatrix"/> or its transpose, along one side of a tile and then the other.</summary>
/// <remarks>Coefficients are read from the table as they are used: as constants in registers they would not leave room for the values.</remarks>
internal static unsafe class ParityTransform<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private static readonly delegate*<ParityMatrix, int, float*, nint, nint, float*, nint, nint, void>[] EvaluateBySize =
    [
        null, null, &Evaluate<N2>, &Evaluate<N3>, &Evaluate<N4>, &Evaluate<N5>, &Evaluate<N6>, &Evaluate<N7>, &Evaluate<N8>, &Evaluate<N9>, &Evaluate<N10>,
        &Evaluate<N11>,
    ];

    private static readonly delegate*<ParityMatrix, int, float*, nint, nint, float*, nint, nint, void>[] JoinBySize =
    [
        null, null, &Join<N2>, &Join<N3>, &Join<N4>, &Join<N5>, &Join<N6>, &Join<N7>, &Join<N8>, &Join<N9>, &Join<N10>, &Join<N11>,
    ];

    /// <summary>z = M x Mᵀ: from a square of inputs to a square of points.</summary>
    /// <param name="matrix">M: points x inputs.</param>
    /// <param name="x">Input (0, 0), with strides down and right.</param>
    /// <param name="down">Floats from an input to the one below.</param>
    /// <param name="right">Floats from an input to the next in its row.</param>
    /// <param name="z">Point (0, 0); points follow each other row by row.</param>
    /// <param name="stride">Floats from a point to the next.</param>
    /// <param name="scratch">Room for points x inputs vectors.</param>
    internal static void Evaluate(ParityMatrix matrix, float* x, nint down, nint right, float* z, nint stride, float* scratch)
    {
        int inputs = matrix.Columns, points = matrix.Points, lanes = TSimd.Lanes;
        delegate*<ParityMatrix, int, float*, nint, nint, float*, nint, nint, void> evaluate = EvaluateBySize[inputs];
        evaluate(matrix, inputs, x, down, right, scratch, inputs * lanes, lanes);
        evaluate(matrix, points, scratch, lanes, inputs * lanes, z, stride, points * stride);
    }

    /// <summary>y = Mᵀ z M: from a square of points to a square of outputs, written row by row, vector after vector.</summary>
    /// <param name="matrix">M: points x outputs.</param>
    /// <param name="z">Point (0, 0); points follow each other row by row.</param>
    /// <param name="stride">Floats from a point to the next.</param>
    /// <param name="y">Output (0, 0).</param>
    /// <param name="scratch">Room for points x outputs vectors.</param>
    internal static void Join(ParityMatrix matrix, float* z, nint stride, float* y, float* scratch)
    {
        int outputs = matrix.Columns, points = matrix.Points, lanes = TSimd.Lanes;
        delegate*<ParityMatrix, int, float*, nint, nint, float*, nint, nint, void> join = JoinBySize[outputs];
        join(matrix, points, z, stride, points * stride, scratch, lanes, outputs * lanes);
        join(matrix, outputs, scratch, outputs * lanes, lanes, y, outputs * lanes, lanes);
    }

    // Lines of inputs, one after the other: strides lead along a line and from one line to the next.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Evaluate<TInputs>(ParityMatrix matrix, int lines, float* x, nint xStride, nint xNext, float* z, nint zStride, nint zNext)
        where TInputs : struct, IConstant
    {
        int evens = (TInputs.Value + 1) / 2, pairs = matrix.Pairs;
        bool hasZero = matrix.HasZero;
        float* coefficients = matrix.Table;
        for (int line = 0; line < lines; line++, x += xNext, z += zNext)
        {
            TVector x0 = TSimd.Load(x), x1 = TSimd.Load(x + xStride), x2 = default, x3 = default, x4 = default, x5 = default;
            TVector x6 = default, x7 = default, x8 = default, x9 = default, xA = default;
            if (TInputs.Value > 2) x2 = TSimd.Load(x + 2 * xStride);
            if (TInputs.Value > 3) x3 = TSimd.Load(x + 3 * xStride);
            if (TInputs.Value > 4) x4 = TSimd.Load(x + 4 * xStride);
            if (TInputs.Value > 5) x5 = TSimd.Load(x + 5 * xStride);
            if (TInputs.Value > 6) x6 = TSimd.Load(x + 6 * xStride);
            if (TInputs.Value > 7) x7 = TSimd.Load(x + 7 * xStride);
            if (TInputs.Value > 8) x8 = TSimd.Load(x + 8 * xStride);
            if (TInputs.Value > 9) x9 = TSimd.Load(x + 9 * xStride);
            if (TInputs.Value > 10) xA = TSimd.Load(x + 10 * xStride);
            float* table = coefficients, point = z;
            for (int pair = pairs; pair > 0; pair--, table += TInputs.Value, point += 2 * zStride)
            {
                TVector even = Even<TInputs>(table, x0, x2, x4, x6, x8, xA), odd = Odd<TInputs>(table + evens, x1, x3, x5, x7, x9);
                TSimd.Store(TSimd.Add(even, odd), point);
                TSimd.Store(TSimd.Subtract(even, odd), point + zStride);
            }

            if (hasZero)
            {
                TSimd.Store(Even<TInputs>(table, x0, x2, x4, x6, x8, xA), point);
                table += TInputs.Value;
                point += zStride;
            }

            TSimd.Store(
                TInputs.Value % 2 == 0 ? Odd<TInputs>(table + evens, x1, x3, x5, x7, x9) : Even<TInputs>(table, x0, x2, x4, x6, x8, xA), point);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Even<TInputs>(float* c, TVector x0, TVector x2, TVector x4, TVector x6, TVector x8, TVector xA)
        where TInputs : struct, IConstant
    {
        TVector sum = TSimd.Multiply(x0, TSimd.Create(c[0]));
        if (TInputs.Value > 2) sum = TSimd.MultiplyAdd(x2, TSimd.Create(c[1]), sum);
        if (TInputs.Value > 4) sum = TSimd.MultiplyAdd(x4, TSimd.Create(c[2]), sum);
        if (TInputs.Value > 6) sum = TSimd.MultiplyAdd(x6, TSimd.Create(c[3]), sum);
        if (TInputs.Value > 8) sum = TSimd.MultiplyAdd(x8, TSimd.Create(c[4]), sum);
        if (TInputs.Value > 10) sum = TSimd.MultiplyAdd(xA, TSimd.Create(c[5]), sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Odd<TInputs>(float* c, TVector x1, TVector x3, TVector x5, TVector x7, TVector x9)
        where TInputs : struct, IConstant
    {
        TVector sum = TSimd.Multiply(x1, TSimd.Create(c[0]));
        if (TInputs.Value > 3) sum = TSimd.MultiplyAdd(x3, TSimd.Create(c[1]), sum);
        if (TInputs.Value > 5) sum = TSimd.MultiplyAdd(x5, TSimd.Create(c[2]), sum);
        if (TInputs.Value > 7) sum = TSimd.MultiplyAdd(x7, TSimd.Create(c[3]), sum);
        if (TInputs.Value > 9) sum = TSimd.MultiplyAdd(x9, TSimd.Create(c[4]), sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join<TOutputs>(ParityMatrix matrix, int lines, float* z, nint zStride, nint zNext, float* y, nint yStride, nint yNext)
        where TOutputs : struct, IConstant
    {
        int evens = (TOutputs.Value + 1) / 2, pairs = matrix.Pairs;
        bool hasZero = matrix.HasZero;
        float* coefficients = matrix.Table;
        for (int line = 0; line < lines; line++, z += zNext, y += yNext)
        {
            TVector y0 = default, y1 = default, y2 = default, y3 = default, y4 = default, y5 = default;
            TVector y6 = default, y7 = default, y8 = default, y9 = default, yA = default;
            float* table = coefficients, point = z;
            for (int pair = pairs; pair > 0; pair--, table += TOutputs.Value, point += 2 * zStride)
            {
                TVector plus = TSimd.Load(point), minus = TSimd.Load(point + zStride);
                AddEven<TOutputs>(TSimd.Add(plus, minus), table, ref y0, ref y2, ref y4, ref y6, ref y8, ref yA);
                AddOdd<TOutputs>(TSimd.Subtract(plus, minus), table + evens, ref y1, ref y3, ref y5, ref y7, ref y9);
            }

            if (hasZero)
            {
                AddEven<TOutputs>(TSimd.Load(point), table, ref y0, ref y2, ref y4, ref y6, ref y8, ref yA);
                table += TOutputs.Value;
                point += zStride;
            }

            if (TOutputs.Value % 2 == 0) AddOdd<TOutputs>(TSimd.Load(point), table + evens, ref y1, ref y3, ref y5, ref y7, ref y9);
            else AddEven<TOutputs>(TSimd.Load(point), table, ref y0, ref y2, ref y4, ref y6, ref y8, ref yA);
            TSimd.Store(y0, y);
            TSimd.Store(y1, y + yStride);
            if (TOutputs.Value > 2) TSimd.Store(y2, y + 2 * yStride);
            if (TOutputs.Value > 3) TSimd.Store(y3, y + 3 * yStride);
            if (TOutputs.Value > 4) TSimd.Store(y4, y + 4 * yStride);
            if (TOutputs.Value > 5) TSimd.Store(y5, y + 5 * yStride);
            if (TOutputs.Value > 6) TSimd.Store(y6, y + 6 * yStride);
            if (TOutputs.Value > 7) TSimd.Store(y7, y + 7 * yStride);
            if (TOutputs.Value > 8) TSimd.Store(y8, y + 8 * yStride);
            if (TOutputs.Value > 9) TSimd.Store(y9, y + 9 * yStride);
            if (TOutputs.Value > 10) TSimd.Store(yA, y + 10 * yStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEven<TOutputs>(
        TVector z, float* c, ref TVector y0, ref TVector y2, ref TVector y4, ref TVector y6, ref TVector y8, ref TVector yA)
        where TOutputs : struct, IConstant
    {
        y0 = TSimd.MultiplyAdd(z, TSimd.Create(c[0]), y0);
        if (TOutputs.Value > 2) y2 = TSimd.MultiplyAdd(z, TSimd.Create(c[1]), y2);
        if (TOutputs.Value > 4) y4 = TSimd.MultiplyAdd(z, TSimd.Create(c[2]), y4);
        if (TOutputs.Value > 6) y6 = TSimd.MultiplyAdd(z, TSimd.Create(c[3]), y6);
        if (TOutputs.Value > 8) y8 = TSimd.MultiplyAdd(z, TSimd.Create(c[4]), y8);
        if (TOutputs.Value > 10) yA = TSimd.MultiplyAdd(z, TSimd.Create(c[5]), yA);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOdd<TOutputs>(TVector z, float* c, ref TVector y1, ref TVector y3, ref TVector y5, ref TVector y7, ref TVector y9)
        where TOutputs : struct, IConstant
    {
        y1 = TSimd.MultiplyAdd(z, TSimd.Create(c[0]), y1);
        if (TOutputs.Value > 3) y3 = TSimd.MultiplyAdd(z, TSimd.Create(c[1]), y3);
        if (TOutputs.Value > 5) y5 = TSimd.MultiplyAdd(z, TSimd.Create(c[2]), y5);
        if (TOutputs.Value > 7) y7 = TSimd.MultiplyAdd(z, TSimd.Create(c[3]), y7);
        if (TOutputs.Value > 9) y9 = TSimd.MultiplyAdd(z, TSimd.Create(c[4]), y9);
    }
}
