using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Multiplies lines of vectors by Bᵀ or by B, for two to five pairs of points and perhaps 0.</summary>
/// <remarks>Coefficients are read from the table as they are used: as constants in registers they would not leave room for the values.</remarks>
internal static unsafe class InterpolationKernel<TVector, TSimd, TPairs, TZero>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
    where TPairs : struct, IConstant
    where TZero : struct, IConstant
{
    /// <summary>z = Bᵀ x B, side by side for some vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Evaluate(float* table, int points, int vectors, float* x, nint down, nint right, float* z, nint stride, float* scratch)
    {
        for (; vectors > 0; vectors--, x += TSimd.Lanes, z += TSimd.Lanes)
        {
            // Down the columns into scratch, then along the rows.
            float* source = x, destination = scratch;
            nint along = down, next = right, pointAlong = points * TSimd.Lanes, pointNext = TSimd.Lanes;
            for (int pass = 0; pass < 2; pass++)
            {
                EvaluateLines(table, points, source, along, next, destination, pointAlong, pointNext);
                source = scratch;
                destination = z;
                (along, next, pointAlong, pointNext) = (TSimd.Lanes, points * TSimd.Lanes, stride, points * stride);
            }
        }
    }

    /// <summary>y = B z Bᵀ, or added to y if asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Join<TAdds>(float* table, int points, int vectors, float* z, nint stride, float* y, nint down, nint right, float* scratch)
        where TAdds : struct, IConstant
    {
        for (; vectors > 0; vectors--, z += TSimd.Lanes, y += TSimd.Lanes)
        {
            JoinLines<N0>(table, points, z, stride, points * stride, scratch, TSimd.Lanes, points * TSimd.Lanes);
            JoinLines<TAdds>(table, points, scratch, points * TSimd.Lanes, TSimd.Lanes, y, down, right);
        }
    }

    // z = Bᵀ x line by line. Strides lead along a line and from one line to the next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EvaluateLines(float* table, int lines, float* x, nint xStride, nint xNext, float* z, nint zStride, nint zNext)
    {
        // Even columns of a pair's row start at 2 where 0 is a point; odd ones at 1.
        nint down = 2 * xStride, firstEven = TZero.Value == 1 ? down : 0;
        for (; lines > 0; lines--, x += xNext, z += zNext)
        {
            float* even = x + firstEven, odd = x + xStride;
            TVector e0 = TSimd.Load(even), e1 = TSimd.Load(even += down), e2 = default, e3 = default, e4 = default;
            TVector o0 = TSimd.Load(odd), o1 = TSimd.Load(odd += down), o2 = default, o3 = default, o4 = default;
            if (TPairs.Value > 2) e2 = TSimd.Load(even += down);
            if (TPairs.Value > 2) o2 = TSimd.Load(odd += down);
            if (TPairs.Value > 3) e3 = TSimd.Load(even += down);
            if (TPairs.Value > 3) o3 = TSimd.Load(odd += down);
            if (TPairs.Value > 4) e4 = TSimd.Load(even += down);
            if (TPairs.Value > 4) o4 = TSimd.Load(odd += down);
            float* c = table, point = z;
            EvaluatePair(c, e0, e1, e2, e3, e4, o0, o1, o2, o3, o4, point, zStride);
            EvaluatePair(c += 1 + 2 * TPairs.Value, e0, e1, e2, e3, e4, o0, o1, o2, o3, o4, point += 2 * zStride, zStride);
            if (TPairs.Value > 2) EvaluatePair(c += 1 + 2 * TPairs.Value, e0, e1, e2, e3, e4, o0, o1, o2, o3, o4, point += 2 * zStride, zStride);
            if (TPairs.Value > 3) EvaluatePair(c += 1 + 2 * TPairs.Value, e0, e1, e2, e3, e4, o0, o1, o2, o3, o4, point += 2 * zStride, zStride);
            if (TPairs.Value > 4) EvaluatePair(c += 1 + 2 * TPairs.Value, e0, e1, e2, e3, e4, o0, o1, o2, o3, o4, point += 2 * zStride, zStride);
            c += 1 + 2 * TPairs.Value;
            point += 2 * zStride;
            if (TZero.Value == 1)
            {
                // 0 over columns 0, 2, ..., then ∞ over 1, 3, ...
                TVector zero = TSimd.MultiplyAdd(TSimd.Load(x), TSimd.Create(c[0]), TPairs.Value == 2 ? e1 : e2);
                TVector infinity = TSimd.MultiplyAdd(o0, TSimd.Create(c[0]), TSimd.Load(odd + down));
                zero = TSimd.MultiplyAdd(e0, TSimd.Create(c[1]), zero);
                infinity = TSimd.MultiplyAdd(o1, TSimd.Create(c[1]), infinity);
                if (TPairs.Value > 2) zero = TSimd.MultiplyAdd(e1, TSimd.Create(c[2]), zero);
                if (TPairs.Value > 2) infinity = TSimd.MultiplyAdd(o2, TSimd.Create(c[2]), infinity);
                TSimd.Store(zero, point);
                TSimd.Store(infinity, point + zStride);
            }
            else
            {
                TVector infinity = TSimd.MultiplyAdd(e0, TSimd.Create(c[0]), TSimd.Load(even + down));
                infinity = TSimd.MultiplyAdd(e1, TSimd.Create(c[1]), infinity);
                infinity = TSimd.MultiplyAdd(e2, TSimd.Create(c[2]), infinity);
                if (TPairs.Value > 3) infinity = TSimd.MultiplyAdd(e3, TSimd.Create(c[3]), infinity);
                if (TPairs.Value > 4) infinity = TSimd.MultiplyAdd(e4, TSimd.Create(c[4]), infinity);
                TSimd.Store(infinity, point);
            }
        }
    }

    // The points of one pair: E ± q · O.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EvaluatePair(
        float* c, TVector e0, TVector e1, TVector e2, TVector e3, TVector e4, TVector o0, TVector o1, TVector o2, TVector o3, TVector o4, float* point,
        nint stride)
    {
        TVector r = TSimd.Create(c[1]);
        TVector e = TSimd.MultiplyAdd(e0, r, TPairs.Value == 2 ? e1 : TPairs.Value == 3 ? e2 : TPairs.Value == 4 ? e3 : e4);
        TVector o = TSimd.MultiplyAdd(o0, r, TPairs.Value == 2 ? o1 : TPairs.Value == 3 ? o2 : TPairs.Value == 4 ? o3 : o4);
        if (TPairs.Value > 2)
        {
            r = TSimd.Create(c[2]);
            e = TSimd.MultiplyAdd(e1, r, e);
            o = TSimd.MultiplyAdd(o1, r, o);
        }

        if (TPairs.Value > 3)
        {
            r = TSimd.Create(c[3]);
            e = TSimd.MultiplyAdd(e2, r, e);
            o = TSimd.MultiplyAdd(o2, r, o);
        }

        if (TPairs.Value > 4)
        {
            r = TSimd.Create(c[4]);
            e = TSimd.MultiplyAdd(e3, r, e);
            o = TSimd.MultiplyAdd(o3, r, o);
        }

        TVector q = TSimd.Create(c[0]);
        TSimd.Store(TSimd.MultiplyAdd(q, o, e), point);
        TSimd.Store(TSimd.MultiplySubtract(q, o, e), point + stride);
    }

    // y = B z line by line, or added to y if asked.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void JoinLines<TAdds>(float* table, int lines, float* z, nint zStride, nint zNext, float* y, nint yStride, nint yNext)
        where TAdds : struct, IConstant
    {
        nint down = 2 * yStride, firstEven = TZero.Value == 1 ? down : 0;
        for (; lines > 0; lines--, z += zNext, y += yNext)
        {
            TVector e0 = default, e1 = default, e2 = default, e3 = default, e4 = default;
            TVector o0 = default, o1 = default, o2 = default, o3 = default, o4 = default, first = default, last;
            float* c = table, point = z;
            for (int pair = TPairs.Value; pair > 0; pair--, c += 1 + 2 * TPairs.Value, point += 2 * zStride)
            {
                TVector plus = TSimd.Load(point), minus = TSimd.Load(point + zStride), e = TSimd.Add(plus, minus), o = TSimd.Subtract(plus, minus);
                float* d = c + TPairs.Value;
                e0 = TSimd.MultiplyAdd(e, TSimd.Create(c[1]), e0);
                o0 = TSimd.MultiplyAdd(o, TSimd.Create(d[1]), o0);
                e1 = TPairs.Value == 2 ? TSimd.Add(e1, e) : TSimd.MultiplyAdd(e, TSimd.Create(c[2]), e1);
                o1 = TSimd.MultiplyAdd(o, TSimd.Create(d[2]), o1);
                if (TPairs.Value > 2) e2 = TPairs.Value == 3 ? TSimd.Add(e2, e) : TSimd.MultiplyAdd(e, TSimd.Create(c[3]), e2);
                if (TPairs.Value > 2) o2 = TSimd.MultiplyAdd(o, TSimd.Create(d[3]), o2);
                if (TPairs.Value > 3) e3 = TPairs.Value == 4 ? TSimd.Add(e3, e) : TSimd.MultiplyAdd(e, TSimd.Create(c[4]), e3);
                if (TPairs.Value > 3) o3 = TSimd.MultiplyAdd(o, TSimd.Create(d[4]), o3);
                if (TPairs.Value > 4) e4 = TSimd.Add(e4, e);
                if (TPairs.Value > 4) o4 = TSimd.MultiplyAdd(o, TSimd.Create(d[5]), o4);
            }

            if (TZero.Value == 1)
            {
                TVector zero = TSimd.Load(point);
                last = TSimd.Load(point + zStride);
                first = TSimd.Multiply(zero, TSimd.Create(c[0]));
                o0 = TSimd.MultiplyAdd(last, TSimd.Create(c[0]), o0);
                e0 = TSimd.MultiplyAdd(zero, TSimd.Create(c[1]), e0);
                o1 = TSimd.MultiplyAdd(last, TSimd.Create(c[1]), o1);
                e1 = TPairs.Value == 2 ? TSimd.Add(e1, zero) : TSimd.MultiplyAdd(zero, TSimd.Create(c[2]), e1);
                if (TPairs.Value > 2) o2 = TSimd.MultiplyAdd(last, TSimd.Create(c[2]), o2);
                if (TPairs.Value > 2) e2 = TSimd.Add(e2, zero);
            }
            else
            {
                last = TSimd.Load(point);
                e0 = TSimd.MultiplyAdd(last, TSimd.Create(c[0]), e0);
                e1 = TSimd.MultiplyAdd(last, TSimd.Create(c[1]), e1);
                e2 = TSimd.MultiplyAdd(last, TSimd.Create(c[2]), e2);
                if (TPairs.Value > 3) e3 = TSimd.MultiplyAdd(last, TSimd.Create(c[3]), e3);
                if (TPairs.Value > 4) e4 = TSimd.MultiplyAdd(last, TSimd.Create(c[4]), e4);
            }

            float* even = y + firstEven, odd = y + yStride;
            if (TZero.Value == 1) Store<TAdds>(first, y);
            Store<TAdds>(e0, even);
            Store<TAdds>(o0, odd);
            Store<TAdds>(e1, even += down);
            Store<TAdds>(o1, odd += down);
            if (TPairs.Value > 2) Store<TAdds>(e2, even += down);
            if (TPairs.Value > 2) Store<TAdds>(o2, odd += down);
            if (TPairs.Value > 3) Store<TAdds>(e3, even += down);
            if (TPairs.Value > 3) Store<TAdds>(o3, odd += down);
            if (TPairs.Value > 4) Store<TAdds>(e4, even += down);
            if (TPairs.Value > 4) Store<TAdds>(o4, odd += down);
            Store<TAdds>(last, TZero.Value == 1 ? odd + down : even + down);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TAdds>(TVector value, float* place)
        where TAdds : struct, IConstant
        => TSimd.Store(TAdds.Value == 1 ? TSimd.Add(value, TSimd.Load(place)) : value, place);
}
