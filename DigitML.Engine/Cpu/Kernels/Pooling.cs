using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>A window moved over an image, clipped to it: the geometry all poolings share.</summary>
/// <param name="Window">Rows and columns of the window.</param>
/// <param name="Stride">Step between windows.</param>
/// <param name="Margins">Positions beyond the border; every window leaves them out.</param>
internal readonly record struct PoolingGeometry(Size2D Window, Size2D Stride, Margins Margins)
{
    /// <summary>First and one past the last input row of output row <paramref name="oh"/>.</summary>
    internal (int First, int End) Rows(int oh, int height) => Clip(oh * Stride.Height - Margins.Top, Window.Height, height);

    /// <summary>First and one past the last input column of output column <paramref name="ow"/>.</summary>
    internal (int First, int End) Columns(int ow, int width) => Clip(ow * Stride.Width - Margins.Left, Window.Width, width);

    private static (int First, int End) Clip(int start, int length, int limit) => (Math.Max(start, 0), Math.Min(start + length, limit));
}

/// <summary>Max- and average-pooling of one image, forward and backward. Input gradients are added to, so windows may overlap.</summary>
internal static unsafe class Pooling<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>y = the largest of each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Max(float* x, ImageLayout input, float* y, ImageLayout output, PoolingGeometry geometry, int vectors)
    {
        for (int oh = 0; oh < output.Height; oh++)
        {
            (int top, int bottom) = geometry.Rows(oh, input.Height);
            for (int ow = 0; ow < output.Width; ow++)
            {
                (int left, int right) = geometry.Columns(ow, input.Width);
                float* window = x + top * input.RowStride + left * input.PixelStride;
                float* result = y + oh * output.RowStride + ow * output.PixelStride;
                for (int v = 0; v < vectors; v++, window += TSimd.Lanes, result += TSimd.Lanes)
                {
                    TSimd.Store(Largest(window, input, bottom - top, right - left), result);
                }
            }
        }
    }

    /// <summary>dx += dy at the first largest value of each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MaxGradient(
        float* x, ImageLayout input, float* dx, ImageLayout inputGradient, float* dy, ImageLayout outputGradient, PoolingGeometry geometry, int vectors)
    {
        TVector zero = TSimd.Create(0f);
        for (int oh = 0; oh < outputGradient.Height; oh++)
        {
            (int top, int bottom) = geometry.Rows(oh, input.Height);
            for (int ow = 0; ow < outputGradient.Width; ow++)
            {
                (int left, int right) = geometry.Columns(ow, input.Width);
                for (int v = 0; v < vectors; v++)
                {
                    int channel = v * TSimd.Lanes;
                    float* window = x + top * input.RowStride + left * input.PixelStride + channel;
                    float* windowGradient = dx + top * inputGradient.RowStride + left * inputGradient.PixelStride + channel;
                    TVector largest = Largest(window, input, bottom - top, right - left);
                    TVector remaining = TSimd.Load(dy + oh * outputGradient.RowStride + ow * outputGradient.PixelStride + channel);
                    for (int i = 0; i < bottom - top; i++)
                    {
                        for (int j = 0; j < right - left; j++)
                        {
                            TVector value = TSimd.Load(window + i * input.RowStride + j * input.PixelStride);
                            float* gradient = windowGradient + i * inputGradient.RowStride + j * inputGradient.PixelStride;
                            TSimd.Store(TSimd.Add(TSimd.Load(gradient), TSimd.WhereEqual(value, largest, remaining, zero)), gradient);
                            remaining = TSimd.WhereEqual(value, largest, zero, remaining);
                        }
                    }
                }
            }
        }
    }

    /// <summary>y = the mean of each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Average(float* x, ImageLayout input, float* y, ImageLayout output, PoolingGeometry geometry, int vectors)
    {
        for (int oh = 0; oh < output.Height; oh++)
        {
            (int top, int bottom) = geometry.Rows(oh, input.Height);
            for (int ow = 0; ow < output.Width; ow++)
            {
                (int left, int right) = geometry.Columns(ow, input.Width);
                TVector share = TSimd.Create(1f / ((bottom - top) * (right - left)));
                float* window = x + top * input.RowStride + left * input.PixelStride;
                float* result = y + oh * output.RowStride + ow * output.PixelStride;
                for (int v = 0; v < vectors; v++, window += TSimd.Lanes, result += TSimd.Lanes)
                {
                    TVector sum = default;
                    for (int i = 0; i < bottom - top; i++)
                    {
                        for (int j = 0; j < right - left; j++)
                        {
                            sum = TSimd.Add(sum, TSimd.Load(window + i * input.RowStride + j * input.PixelStride));
                        }
                    }

                    TSimd.Store(TSimd.Multiply(sum, share), result);
                }
            }
        }
    }

    /// <summary>dx += an equal share of dy over each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AverageGradient(
        float* dx, ImageLayout inputGradient, float* dy, ImageLayout outputGradient, PoolingGeometry geometry, int vectors)
    {
        for (int oh = 0; oh < outputGradient.Height; oh++)
        {
            (int top, int bottom) = geometry.Rows(oh, inputGradient.Height);
            for (int ow = 0; ow < outputGradient.Width; ow++)
            {
                (int left, int right) = geometry.Columns(ow, inputGradient.Width);
                TVector share = TSimd.Create(1f / ((bottom - top) * (right - left)));
                for (int v = 0; v < vectors; v++)
                {
                    int channel = v * TSimd.Lanes;
                    TVector part = TSimd.Multiply(TSimd.Load(dy + oh * outputGradient.RowStride + ow * outputGradient.PixelStride + channel), share);
                    for (int i = top; i < bottom; i++)
                    {
                        for (int j = left; j < right; j++)
                        {
                            float* gradient = dx + i * inputGradient.RowStride + j * inputGradient.PixelStride + channel;
                            TSimd.Store(TSimd.Add(TSimd.Load(gradient), part), gradient);
                        }
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Largest(float* window, ImageLayout layout, int rows, int columns)
    {
        TVector largest = TSimd.Load(window);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) largest = TSimd.Max(largest, TSimd.Load(window + i * layout.RowStride + j * layout.PixelStride));
        }

        return largest;
    }
}
