using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>Max-pooling of one image by windows that cover it without overlap.</summary>
internal static unsafe class TiledMaxPooling<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>y = the largest of each window; winner = the place of the first largest value, counted row by row from 1.</summary>
    /// <param name="x">Pixel (0, 0).</param>
    /// <param name="input">Layout of x.</param>
    /// <param name="y">Output pixel (0, 0).</param>
    /// <param name="output">Layout of y.</param>
    /// <param name="winners">Gets a winner for each value of y, pixel by pixel.</param>
    /// <param name="window">Rows and columns of a window.</param>
    /// <param name="channels">Padded channels.</param>
    /// <param name="rectified">True if x comes from a ReLU: then the winner is 0 where the largest value is 0, and no gradient passes there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run(float* x, ImageLayout input, float* y, ImageLayout output, float* winners, Size2D window, int channels, bool rectified)
    {
        TVector always = TSimd.Create(1f);
        for (int oh = 0; oh < output.Height; oh++)
        {
            for (int ow = 0; ow < output.Width; ow++, winners += channels)
            {
                float* corner = x + oh * window.Height * (nint)input.RowStride + ow * window.Width * (nint)input.PixelStride;
                float* result = y + oh * (nint)output.RowStride + ow * (nint)output.PixelStride;
                for (int c = 0; c < channels; c += TSimd.Lanes)
                {
                    TVector largest = TSimd.Load(corner + c), winner = always;
                    int place = 0;
                    for (int i = 0; i < window.Height; i++)
                    {
                        float* pixel = corner + i * (nint)input.RowStride + c;
                        for (int j = 0; j < window.Width; j++, pixel += input.PixelStride)
                        {
                            TVector value = TSimd.Load(pixel);
                            winner = TSimd.WhereGreater(value, largest, TSimd.Create((float)++place), winner);
                            largest = TSimd.Max(largest, value);
                        }
                    }

                    TSimd.Store(largest, result + c);
                    TSimd.Store(TSimd.WherePositive(rectified ? largest : always, winner), winners + c);
                }
            }
        }
    }

    /// <summary>dx = dy at each winner, 0 elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Gradient(float* dx, ImageLayout inputGradient, float* dy, ImageLayout outputGradient, float* winners, Size2D window, int channels)
    {
        TVector zero = TSimd.Create(0f);
        for (int oh = 0; oh < outputGradient.Height; oh++)
        {
            for (int ow = 0; ow < outputGradient.Width; ow++, winners += channels)
            {
                float* corner = dx + oh * window.Height * (nint)inputGradient.RowStride + ow * window.Width * (nint)inputGradient.PixelStride;
                float* gradient = dy + oh * (nint)outputGradient.RowStride + ow * (nint)outputGradient.PixelStride;
                for (int c = 0; c < channels; c += TSimd.Lanes)
                {
                    TVector value = TSimd.Load(gradient + c), winner = TSimd.Load(winners + c);
                    int place = 0;
                    for (int i = 0; i < window.Height; i++)
                    {
                        float* pixel = corner + i * (nint)inputGradient.RowStride + c;
                        for (int j = 0; j < window.Width; j++, pixel += inputGradient.PixelStride)
                        {
                            TSimd.Store(TSimd.WhereEqual(winner, TSimd.Create((float)++place), value, zero), pixel);
                        }
                    }
                }
            }
        }
    }
}
