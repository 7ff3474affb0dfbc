using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

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

    /// <summary>The same from the pixels of a row, which lie one after the other, to those of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ApplyRow(float* source, float* pixel, nint stride, int count, int channels, int row)
    {
        float* value = values + row * valueRowStride;
        for (; count > 0; count--, source += channels, pixel += stride, value += valuePixelStride)
        {
            for (int channel = 0; channel < channels; channel += TSimd.Lanes)
            {
                TVector gradient = TSimd.Load(source + channel);
                if (a != null)
                {
                    TVector constant = TSimd.MultiplyAdd(TSimd.Load(b + channel), TSimd.Load(value + channel), TSimd.Load(c + channel));
                    gradient = TSimd.MultiplyAdd(TSimd.Load(a + channel), gradient, constant);
                }

                TSimd.Store(rectified ? TSimd.WherePositive(TSimd.Load(value + channel), gradient) : gradient, pixel + channel);
            }
        }
    }
}
