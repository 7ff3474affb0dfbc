using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Transforms tiles of images to points: inputs forward, inputs and output gradients backward.</summary>
internal static unsafe class TileEvaluation<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>Evaluates some tiles.</summary>
    /// <param name="shape">How images are cut.</param>
    /// <param name="transform">From a tile to points.</param>
    /// <param name="first">First tile, counted from the first image.</param>
    /// <param name="count">Tiles.</param>
    /// <param name="x">The corner of the first image's first tile.</param>
    /// <param name="layout">Layout of the images.</param>
    /// <param name="channels">Padded channels.</param>
    /// <param name="points">Gets [point][tile][channel].</param>
    /// <param name="stride">Floats from a point to the next.</param>
    /// <param name="scratch">Scratch space for a partly transformed tile.</param>
    internal static void Run(
        WinogradShape shape, ParityTransform<TVector, TSimd> transform, int first, int count, float* x, ImageLayout layout, int channels, float* points,
        int stride, float* scratch)
    {
        var tile = new TileWalk(shape, first);
        for (int t = 0; t < count; t++, tile.Next())
        {
            transform.Evaluate(
                channels / TSimd.Lanes, tile.CornerOf(x, layout), layout.RowStride, layout.PixelStride, points + t * channels, stride, scratch);
        }
    }
}
