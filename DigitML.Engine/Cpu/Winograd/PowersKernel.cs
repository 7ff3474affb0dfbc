using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Multiplies lines of vectors by A or G, or by the transpose: powers of the points, for 2 to 7 columns.</summary>
internal static unsafe class PowersKernel<TVector, TSimd, TColumns>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
    where TColumns : struct, IConstant
{
    /// <summary>z = A x Aᵀ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Evaluate(float* table, int points, int vectors, float* x, nint down, nint right, float* z, nint stride, float* scratch)
    {
        for (; vectors > 0; vectors--, x += TSimd.Lanes, z += TSimd.Lanes)
        {
            float* source = x, destination = scratch;
            nint along = down, next = right, pointAlong = TColumns.Value * TSimd.Lanes, pointNext = TSimd.Lanes;
            int lines = TColumns.Value;
            for (int pass = 0; pass < 2; pass++)
            {
                EvaluateLines(table, points, lines, source, along, next, destination, pointAlong, pointNext);
                lines = points;
                source = scratch;
                destination = z;
                (along, next, pointAlong, pointNext) = (TSimd.Lanes, TColumns.Value * TSimd.Lanes, stride, points * stride);
            }
        }
    }

    /// <summary>y = Aᵀ z A.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Join(float* table, int points, int vectors, float* z, nint stride, float* y, nint down, nint right, float* scratch)
    {
        for (; vectors > 0; vectors--, z += TSimd.Lanes, y += TSimd.Lanes)
        {
            JoinLines(table, points, points, z, stride, points * stride, scratch, TSimd.Lanes, TColumns.Value * TSimd.Lanes);
            JoinLines(table, points, TColumns.Value, scratch, TColumns.Value * TSimd.Lanes, TSimd.Lanes, y, down, right);
        }
    }

    /// <summary>y = finish(Aᵀ z A), the first <paramref name="rows"/> and <paramref name="rowLength"/> of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void JoinAndFinish(
        float* table, int points, int vectors, float* z, nint stride, float* y, nint down, nint right, int rows, int rowLength, in ChannelOutput finish,
        float* scratch)
    {
        for (int vector = 0; vector < vectors; vector++, z += TSimd.Lanes, y += TSimd.Lanes)
        {
            ChannelOutput channelFinish = finish.From(vector * TSimd.Lanes);
            JoinLines(table, points, points, z, stride, points * stride, scratch, TSimd.Lanes, TColumns.Value * TSimd.Lanes);
            FinishLines(table, points, rowLength, scratch, TColumns.Value * TSimd.Lanes, TSimd.Lanes, y, down, right, rows, in channelFinish);
        }
    }

    // ∞ is always a point; 0 is one where their number is even.
    private static int PairsOf(int points) => (points - 1) / 2;

    private static bool HasZero(int points) => points % 2 == 0;

    // z = A x line by line. Strides lead along a line and from one line to the next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EvaluateLines(float* table, int points, int lines, float* x, nint xStride, nint xNext, float* z, nint zStride, nint zNext)
    {
        nint length = 1 + 2 * ((TColumns.Value + 1) / 2);
        for (; lines > 0; lines--, x += xNext, z += zNext)
        {
            TVector x0 = TSimd.Load(x), x1 = TSimd.Load(x + xStride), x2 = default, x3 = default, x4 = default, x5 = default, x6 = default;
            if (TColumns.Value > 2) x2 = TSimd.Load(x + 2 * xStride);
            if (TColumns.Value > 3) x3 = TSimd.Load(x + 3 * xStride);
            if (TColumns.Value > 4) x4 = TSimd.Load(x + 4 * xStride);
            if (TColumns.Value > 5) x5 = TSimd.Load(x + 5 * xStride);
            if (TColumns.Value > 6) x6 = TSimd.Load(x + 6 * xStride);
            float* c = table, point = z;
            for (int pair = PairsOf(points); pair > 0; pair--, c += length, point += 2 * zStride)
            {
                TVector e = TSimd.Multiply(x0, TSimd.Create(c[1])), o = TSimd.Multiply(x1, TSimd.Create(c[1]));
                if (TColumns.Value > 2) e = TSimd.MultiplyAdd(x2, TSimd.Create(c[2]), e);
                if (TColumns.Value > 3) o = TSimd.MultiplyAdd(x3, TSimd.Create(c[2]), o);
                if (TColumns.Value > 4) e = TSimd.MultiplyAdd(x4, TSimd.Create(c[3]), e);
                if (TColumns.Value > 5) o = TSimd.MultiplyAdd(x5, TSimd.Create(c[3]), o);
                if (TColumns.Value > 6) e = TSimd.MultiplyAdd(x6, TSimd.Create(c[4]), e);
                TVector q = TSimd.Create(c[0]);
                TSimd.Store(TSimd.MultiplyAdd(q, o, e), point);
                TSimd.Store(TSimd.MultiplySubtract(q, o, e), point + zStride);
            }

            if (HasZero(points))
            {
                TSimd.Store(TSimd.Multiply(x0, TSimd.Create(c[0])), point);
                point += zStride;
            }

            if (TColumns.Value == 2) TSimd.Store(x1, point);
            if (TColumns.Value == 3) TSimd.Store(x2, point);
            if (TColumns.Value == 4) TSimd.Store(x3, point);
            if (TColumns.Value == 5) TSimd.Store(x4, point);
            if (TColumns.Value == 6) TSimd.Store(x5, point);
            if (TColumns.Value == 7) TSimd.Store(x6, point);
        }
    }

    // y = Aᵀ z line by line.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void JoinLines(float* table, int points, int lines, float* z, nint zStride, nint zNext, float* y, nint yStride, nint yNext)
    {
        nint evens = (TColumns.Value + 1) / 2;
        for (; lines > 0; lines--, z += zNext, y += yNext)
        {
            Sum(table, points, evens, z, zStride, out TVector y0, out TVector y1, out TVector y2, out TVector y3, out TVector y4, out TVector y5, out TVector y6);
            TSimd.Store(y0, y);
            TSimd.Store(y1, y + yStride);
            if (TColumns.Value > 2) TSimd.Store(y2, y + 2 * yStride);
            if (TColumns.Value > 3) TSimd.Store(y3, y + 3 * yStride);
            if (TColumns.Value > 4) TSimd.Store(y4, y + 4 * yStride);
            if (TColumns.Value > 5) TSimd.Store(y5, y + 5 * yStride);
            if (TColumns.Value > 6) TSimd.Store(y6, y + 6 * yStride);
        }
    }

    // y = finish(Aᵀ z) line by line, of each the first <limit> values.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishLines(
        float* table, int points, int lines, float* z, nint zStride, nint zNext, float* y, nint yStride, nint yNext, int limit, in ChannelOutput finish)
    {
        TVector bias = finish.Bias<TVector, TSimd>(), floor = finish.Floor<TVector, TSimd>();
        TVector scale = finish.Scale<TVector, TSimd>(), offset = finish.Offset<TVector, TSimd>();
        nint evens = (TColumns.Value + 1) / 2;
        for (; lines > 0; lines--, z += zNext, y += yNext)
        {
            Sum(table, points, evens, z, zStride, out TVector y0, out TVector y1, out TVector y2, out TVector y3, out TVector y4, out TVector y5, out TVector y6);
            Store(y0, y, bias, floor, scale, offset);
            if (limit > 1) Store(y1, y + yStride, bias, floor, scale, offset);
            if (TColumns.Value > 2 && limit > 2) Store(y2, y + 2 * yStride, bias, floor, scale, offset);
            if (TColumns.Value > 3 && limit > 3) Store(y3, y + 3 * yStride, bias, floor, scale, offset);
            if (TColumns.Value > 4 && limit > 4) Store(y4, y + 4 * yStride, bias, floor, scale, offset);
            if (TColumns.Value > 5 && limit > 5) Store(y5, y + 5 * yStride, bias, floor, scale, offset);
            if (TColumns.Value > 6 && limit > 6) Store(y6, y + 6 * yStride, bias, floor, scale, offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(
        float* c, int points, nint evens, float* point, nint stride, out TVector y0, out TVector y1, out TVector y2, out TVector y3, out TVector y4,
        out TVector y5, out TVector y6)
    {
        TVector s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default;
        nint length = 1 + 2 * evens, step = 2 * stride;
        AddPair(c, evens, point, stride, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6);
        AddPair(c += length, evens, point += step, stride, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6);
        for (int pair = PairsOf(points); pair > 2; pair--) AddPair(c += length, evens, point += step, stride, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6);
        c += length;
        point += step;
        if (HasZero(points))
        {
            s0 = TSimd.MultiplyAdd(TSimd.Load(point), TSimd.Create(c[0]), s0);
            point += stride;
        }

        TVector last = TSimd.Load(point);
        if (TColumns.Value == 2) s1 = TSimd.Add(s1, last);
        if (TColumns.Value == 3) s2 = TSimd.Add(s2, last);
        if (TColumns.Value == 4) s3 = TSimd.Add(s3, last);
        if (TColumns.Value == 5) s4 = TSimd.Add(s4, last);
        if (TColumns.Value == 6) s5 = TSimd.Add(s5, last);
        if (TColumns.Value == 7) s6 = TSimd.Add(s6, last);
        (y0, y1, y2, y3, y4, y5, y6) = (s0, s1, s2, s3, s4, s5, s6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPair(
        float* c, nint evens, float* point, nint stride, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3, ref TVector s4, ref TVector s5,
        ref TVector s6)
    {
        TVector plus = TSimd.Load(point), minus = TSimd.Load(point + stride), e = TSimd.Add(plus, minus), o = TSimd.Subtract(plus, minus);
        float* d = c + evens;
        s0 = TSimd.MultiplyAdd(e, TSimd.Create(c[1]), s0);
        s1 = TSimd.MultiplyAdd(o, TSimd.Create(d[1]), s1);
        if (TColumns.Value > 2) s2 = TSimd.MultiplyAdd(e, TSimd.Create(c[2]), s2);
        if (TColumns.Value > 3) s3 = TSimd.MultiplyAdd(o, TSimd.Create(d[2]), s3);
        if (TColumns.Value > 4) s4 = TSimd.MultiplyAdd(e, TSimd.Create(c[3]), s4);
        if (TColumns.Value > 5) s5 = TSimd.MultiplyAdd(o, TSimd.Create(d[3]), s5);
        if (TColumns.Value > 6) s6 = TSimd.MultiplyAdd(e, TSimd.Create(c[4]), s6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector value, float* place, TVector bias, TVector floor, TVector scale, TVector offset) =>
        TSimd.Store(TSimd.MultiplyAdd(TSimd.Max(floor, TSimd.Add(value, bias)), scale, offset), place);
}
