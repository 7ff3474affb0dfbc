using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Randomness;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>Operations on every value of one image.</summary>
internal static unsafe class Elementwise<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>x = max(0, x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rectify(float* x, ImageLayout layout, int vectors)
    {
        TVector zero = TSimd.Create(0f);
        for (int row = 0; row < layout.Height; row++)
        {
            for (int column = 0; column < layout.Width; column++)
            {
                float* pixel = x + row * layout.RowStride + column * layout.PixelStride;
                for (int v = 0; v < vectors; v++, pixel += TSimd.Lanes) TSimd.Store(TSimd.Max(zero, TSimd.Load(pixel)), pixel);
            }
        }
    }

    /// <summary>dx = 0 where x is not above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MaskGradient(float* x, ImageLayout values, float* dx, ImageLayout gradients, int vectors)
    {
        for (int row = 0; row < values.Height; row++)
        {
            for (int column = 0; column < values.Width; column++)
            {
                float* value = x + row * values.RowStride + column * values.PixelStride;
                float* gradient = dx + row * gradients.RowStride + column * gradients.PixelStride;
                for (int v = 0; v < vectors; v++, value += TSimd.Lanes, gradient += TSimd.Lanes)
                {
                    TSimd.Store(TSimd.WherePositive(TSimd.Load(value), TSimd.Load(gradient)), gradient);
                }
            }
        }
    }

    /// <summary>Multiplies each value by its dropout factor. The same for values and gradients.</summary>
    /// <param name="x">Pixel (0, 0).</param>
    /// <param name="layout">Layout of the values.</param>
    /// <param name="vectors">Vectors of channels.</param>
    /// <param name="indices">For each pixel and padded channel, the value's index in its sample.</param>
    /// <param name="offset">Index of the sample's first value in the minibatch.</param>
    /// <param name="mask">The values to drop.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Drop(float* x, ImageLayout layout, int vectors, uint* indices, uint offset, DropoutMask mask)
    {
        for (int row = 0; row < layout.Height; row++)
        {
            for (int column = 0; column < layout.Width; column++)
            {
                float* pixel = x + row * layout.RowStride + column * layout.PixelStride;
                for (int v = 0; v < vectors; v++, pixel += TSimd.Lanes, indices += TSimd.Lanes)
                {
                    TSimd.Store(TSimd.Multiply(TSimd.Load(pixel), TSimd.DropoutFactor(indices, offset, mask)), pixel);
                }
            }
        }
    }
}
