using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

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
