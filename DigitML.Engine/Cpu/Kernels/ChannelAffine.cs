using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>A factor and an offset for each channel over the pixels of one image: batch norm where it is not part of a convolution.</summary>
internal static unsafe class ChannelAffine<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>y[c] = scale[c] · x[c] + offset[c], rectified if asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Apply(float* x, ImageLayout input, float* y, ImageLayout output, int vectors, float* scale, float* offset, bool rectify)
    {
        TVector floor = TSimd.Create(rectify ? 0f : float.NegativeInfinity);
        for (int row = 0; row < input.Height; row++)
        {
            for (int v = 0; v < vectors; v++)
            {
                int channel = v * TSimd.Lanes;
                TVector s = TSimd.Load(scale + channel), t = TSimd.Load(offset + channel);
                float* source = x + row * input.RowStride + channel;
                float* destination = y + row * output.RowStride + channel;
                for (int i = input.Width; i > 0; i--, source += input.PixelStride, destination += output.PixelStride)
                {
                    TSimd.Store(TSimd.Max(floor, TSimd.MultiplyAdd(TSimd.Load(source), s, t)), destination);
                }
            }
        }
    }

    /// <summary>dx[c] = a[c] · dz[c] + b[c] · x[c] + c[c]; if asked, 0 where x is not above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ApplyGradient(
        float* dz, ImageLayout outputGradient, float* x, ImageLayout input, float* dx, ImageLayout inputGradient, int vectors,
        float* a, float* b, float* c, bool rectified)
    {
        for (int row = 0; row < input.Height; row++)
        {
            for (int v = 0; v < vectors; v++)
            {
                int channel = v * TSimd.Lanes;
                TVector va = TSimd.Load(a + channel), vb = TSimd.Load(b + channel), vc = TSimd.Load(c + channel);
                float* gradient = dz + row * outputGradient.RowStride + channel;
                float* value = x + row * input.RowStride + channel;
                float* destination = dx + row * inputGradient.RowStride + channel;
                for (int i = input.Width; i > 0; i--)
                {
                    TVector r = TSimd.Load(value), result = TSimd.MultiplyAdd(va, TSimd.Load(gradient), TSimd.MultiplyAdd(vb, r, vc));
                    TSimd.Store(rectified ? TSimd.WherePositive(r, result) : result, destination);
                    gradient += outputGradient.PixelStride;
                    value += input.PixelStride;
                    destination += inputGradient.PixelStride;
                }
            }
        }
    }
}
