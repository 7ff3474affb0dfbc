using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>
/// An input gradient under construction. Its tiles overlap by one less than the filter's size and extend over the border by the padding, so they are added up
/// in a separate image that has room for all of them and stays in the cache.
/// </summary>
internal sealed unsafe class TileImage<TVector, TSimd>(WinogradShape shape)
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    // One pixel more than tiles reach: rows of a power-of-two length would map to the same sets of a cache.
    private readonly int rowStride = (shape.Across * shape.Tile.Outputs + shape.Tile.Taps) * shape.InputChannels;

    /// <summary>Floats of the image.</summary>
    internal int Length => rowStride * (shape.Down * shape.Tile.Outputs + shape.Tile.Taps - 1);

    /// <summary>Sets some images, one after the other, to 0.</summary>
    internal void Clear(float* image, int images) => new Span<float>(image, images * Length).Clear();

    /// <summary>Adds B dV Bᵀ of some tiles.</summary>
    /// <param name="transform">Bᵀ.</param>
    /// <param name="image">The first image.</param>
    /// <param name="first">First tile, counted from the first image's.</param>
    /// <param name="count">Tiles.</param>
    /// <param name="points">dV: [point][tile][channel].</param>
    /// <param name="stride">Floats from a point to the next.</param>
    /// <param name="scratch">Scratch space for a partly transformed tile.</param>
    internal void Add(ParityTransform<TVector, TSimd> transform, float* image, int first, int count, float* points, int stride, float* scratch)
    {
        var tile = new TileWalk(shape, first);
        for (int t = 0; t < count; t++, tile.Next())
        {
            float* corner = image + tile.Image * (nint)Length + tile.Row * (nint)rowStride + tile.Column * shape.InputChannels;
            transform.JoinAndAdd(
                shape.InputChannels / TSimd.Lanes, points + t * shape.InputChannels, stride, corner, rowStride, shape.InputChannels, scratch);
        }
    }

    /// <summary>Copies the part of the image inside the border to <paramref name="dx"/>.</summary>
    internal void Write(float* image, float* dx, ImageLayout layout, Margins margins, GradientEpilogue<TVector, TSimd> finish)
    {
        float* source = image + margins.Top * (nint)rowStride + margins.Left * shape.InputChannels;
        for (int row = 0; row < layout.Height; row++, source += rowStride, dx += layout.RowStride)
        {
            finish.ApplyRow(source, dx, layout.PixelStride, layout.Width, shape.InputChannels, row);
        }
    }
}
