using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>Passes the gradient of a layer's input back through the ReLU that produced it: 0 where the value is not above 0.</summary>
/// <param name="values">Values of the input's pixel (0, 0); null if they do not come from a ReLU, and nothing happens.</param>
/// <param name="rowStride">From a value to the one below.</param>
/// <param name="pixelStride">From a value to the next in its row.</param>
internal readonly unsafe struct GradientEpilogue<TVector, TSimd>(float* values, nint rowStride, nint pixelStride) : IRowEpilogue<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(float* pixel, nint stride, int count, int channel, int row)
    {
        if (values == null) return;
        float* value = values + row * rowStride + channel;
        for (; count > 0; count--, pixel += stride, value += pixelStride)
        {
            TSimd.Store(TSimd.WherePositive(TSimd.Load(value), TSimd.Load(pixel)), pixel);
        }
    }

    /// <summary>The same, from the contiguous pixels of one row to those of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ApplyRow(float* source, float* pixel, nint stride, int count, int channels, int row)
    {
        float* value = values + row * rowStride;
        for (; count > 0; count--, source += channels, pixel += stride, value += pixelStride)
        {
            for (int channel = 0; channel < channels; channel += TSimd.Lanes)
            {
                TVector gradient = TSimd.Load(source + channel);
                TSimd.Store(values == null ? gradient : TSimd.WherePositive(TSimd.Load(value + channel), gradient), pixel + channel);
            }
        }
    }
}
