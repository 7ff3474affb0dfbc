using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>What happens to a row of output pixels while it is still in the first cache: called for each row and each vector of channels.</summary>
internal unsafe interface IRowEpilogue<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>Changes <paramref name="count"/> pixels.</summary>
    /// <param name="pixel">One vector of channels of the row's first pixel.</param>
    /// <param name="stride">Floats to the next pixel.</param>
    /// <param name="count">Pixels.</param>
    /// <param name="channel">First channel of the vector.</param>
    /// <param name="row">The row's index in its image.</param>
    void Apply(float* pixel, nint stride, int count, int channel, int row);
}

/// <summary>Leaves the row as it is.</summary>
internal readonly unsafe struct NoEpilogue<TVector, TSimd> : IRowEpilogue<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(float* pixel, nint stride, int count, int channel, int row) { }
}

/// <summary>Adds a bias, then rectifies, then scales and shifts each channel, each where asked.</summary>
internal readonly unsafe struct ForwardEpilogue<TVector, TSimd>(float* bias, bool rectify, float* scale, float* offset) : IRowEpilogue<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(float* pixel, nint stride, int count, int channel, int row)
    {
        if (bias == null && !rectify && scale == null) return;
        TVector zero = TSimd.Create(0f), b = bias == null ? zero : TSimd.Load(bias + channel);
        if (scale == null && rectify)
        {
            for (; count > 0; count--, pixel += stride) TSimd.Store(TSimd.Max(TSimd.Add(TSimd.Load(pixel), b), zero), pixel);
            return;
        }

        TVector s = scale == null ? TSimd.Create(1f) : TSimd.Load(scale + channel), t = scale == null ? zero : TSimd.Load(offset + channel);
        for (; count > 0; count--, pixel += stride)
        {
            TVector value = TSimd.Add(TSimd.Load(pixel), b);
            if (rectify) value = TSimd.Max(value, zero);
            TSimd.Store(TSimd.MultiplyAdd(value, s, t), pixel);
        }
    }
}

/// <summary>
/// Turns the gradient of a layer's input into the gradient of what produced it: through batch norm (dr = a · dz + b · r + c, where asked) and through a
/// rectifier (0 where r is not above 0, where asked).
/// </summary>
internal readonly unsafe struct GradientEpilogue<TVector, TSimd>(
    float* values, nint valueRowStride, nint valuePixelStride, bool rectified, float* a, float* b, float* c) : IRowEpilogue<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(float* pixel, nint stride, int count, int channel, int row)
    {
        if (!rectified && a == null) return;
        float* value = values + row * valueRowStride + channel;
        if (a == null)
        {
            for (; count > 0; count--, pixel += stride, value += valuePixelStride)
            {
                TSimd.Store(TSimd.WherePositive(TSimd.Load(value), TSimd.Load(pixel)), pixel);
            }

            return;
        }

        TVector va = TSimd.Load(a + channel), vb = TSimd.Load(b + channel), vc = TSimd.Load(c + channel);
        for (; count > 0; count--, pixel += stride, value += valuePixelStride)
        {
            TVector r = TSimd.Load(value), gradient = TSimd.MultiplyAdd(va, TSimd.Load(pixel), TSimd.MultiplyAdd(vb, r, vc));
            TSimd.Store(rectified ? TSimd.WherePositive(r, gradient) : gradient, pixel);
        }
    }
}
