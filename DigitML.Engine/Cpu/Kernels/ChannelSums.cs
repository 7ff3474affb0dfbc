using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>
/// Sums over the pixels of one image, channel by channel. Each row's sum starts from 0 and so does each image's: one long sum would lose precision that
/// batch norm's variance and gradients need, where large terms cancel.
/// </summary>
internal static unsafe class ChannelSums<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>sums[c] += Σ x[c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(float* x, ImageLayout layout, int vectors, float* sums)
    {
        for (int v = 0; v < vectors; v++)
        {
            int channel = v * TSimd.Lanes;
            TVector sum = default;
            for (int row = 0; row < layout.Height; row++)
            {
                float* pixel = x + row * layout.RowStride + channel;
                TVector even = default, odd = default;
                int i = layout.Width;
                for (; i > 1; i -= 2, pixel += 2 * layout.PixelStride)
                {
                    even = TSimd.Add(even, TSimd.Load(pixel));
                    odd = TSimd.Add(odd, TSimd.Load(pixel + layout.PixelStride));
                }

                if (i == 1) even = TSimd.Add(even, TSimd.Load(pixel));
                sum = TSimd.Add(sum, TSimd.Add(even, odd));
            }

            TSimd.Store(TSimd.Add(TSimd.Load(sums + channel), sum), sums + channel);
        }
    }

    /// <summary>sums[c] += Σ (x[c] − shift[c]), squares[c] += Σ (x[c] − shift[c])². The shift keeps the squares small where the mean is large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddMoments(float* x, ImageLayout layout, int vectors, float* shift, float* sums, float* squares)
    {
        for (int v = 0; v < vectors; v++)
        {
            int channel = v * TSimd.Lanes;
            TVector s = TSimd.Load(shift + channel);
            TVector sum = default, square = default;
            for (int row = 0; row < layout.Height; row++)
            {
                float* pixel = x + row * layout.RowStride + channel;
                TVector sum0 = default, square0 = default, sum1 = default, square1 = default;
                int i = layout.Width;
                for (; i > 1; i -= 2, pixel += 2 * layout.PixelStride)
                {
                    TVector d0 = TSimd.Subtract(TSimd.Load(pixel), s), d1 = TSimd.Subtract(TSimd.Load(pixel + layout.PixelStride), s);
                    sum0 = TSimd.Add(sum0, d0);
                    sum1 = TSimd.Add(sum1, d1);
                    square0 = TSimd.MultiplyAdd(d0, d0, square0);
                    square1 = TSimd.MultiplyAdd(d1, d1, square1);
                }

                if (i == 1)
                {
                    TVector d = TSimd.Subtract(TSimd.Load(pixel), s);
                    sum0 = TSimd.Add(sum0, d);
                    square0 = TSimd.MultiplyAdd(d, d, square0);
                }

                sum = TSimd.Add(sum, TSimd.Add(sum0, sum1));
                square = TSimd.Add(square, TSimd.Add(square0, square1));
            }

            TSimd.Store(TSimd.Add(TSimd.Load(sums + channel), sum), sums + channel);
            TSimd.Store(TSimd.Add(TSimd.Load(squares + channel), square), squares + channel);
        }
    }

    /// <summary>sums[c] += Σ g[c], products[c] += Σ g[c] · x[c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddProducts(float* g, ImageLayout gradients, float* x, ImageLayout values, int vectors, float* sums, float* products)
    {
        for (int v = 0; v < vectors; v++)
        {
            int channel = v * TSimd.Lanes;
            TVector sum = default, product = default;
            for (int row = 0; row < gradients.Height; row++)
            {
                float* gradient = g + row * gradients.RowStride + channel;
                float* value = x + row * values.RowStride + channel;
                TVector rowSum = default, rowProduct = default;
                for (int i = gradients.Width; i > 0; i--, gradient += gradients.PixelStride, value += values.PixelStride)
                {
                    TVector d = TSimd.Load(gradient);
                    rowSum = TSimd.Add(rowSum, d);
                    rowProduct = TSimd.MultiplyAdd(d, TSimd.Load(value), rowProduct);
                }

                sum = TSimd.Add(sum, rowSum);
                product = TSimd.Add(product, rowProduct);
            }

            TSimd.Store(TSimd.Add(TSimd.Load(sums + channel), sum), sums + channel);
            TSimd.Store(TSimd.Add(TSimd.Load(products + channel), product), products + channel);
        }
    }
}
