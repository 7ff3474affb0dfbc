using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>Chooses the algorithm of each pass of a convolution from its shape and the numeric limits alone, so that a plan always gives the same bytes.</summary>
internal static class ConvolutionAlgorithms
{
    // Weights and their gradients at all points that stay in an L2 cache of 2 MB beside the tiles of an image.
    private const long CachedFloats = 256 * 1024;

    internal static ForwardConvolution Forward<TVector, TSimd>(ConvolutionGeometry geometry, WinogradLimits limits, SharedBuffers buffers)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        WinogradTile? tile = TileFor<TVector, TSimd>(geometry, limits, isForward: true);
        return tile is null ? new DirectForward<TVector, TSimd>(geometry) : new WinogradForwardPass<TVector, TSimd>(geometry, tile, buffers);
    }

    internal static BackwardConvolution Backward<TVector, TSimd>(ConvolutionGeometry geometry, WinogradLimits limits, SharedBuffers buffers)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        WinogradTile? tile = geometry.Input.NeedsGradient ? TileFor<TVector, TSimd>(geometry, limits, isForward: false) : null;
        if (tile is null) return new DirectBackward<TVector, TSimd>(geometry);
        bool weightsStayInCache = 2L * tile.Points * tile.Points * geometry.Input.PaddedChannels * geometry.Output.PaddedChannels <= CachedFloats;
        return weightsStayInCache
            ? new WinogradBackwardPass<TVector, TSimd>(geometry, tile, buffers)
            : new PointwiseBackwardPass<TVector, TSimd>(geometry, tile, buffers);
    }

    private static WinogradTile? TileFor<TVector, TSimd>(ConvolutionGeometry geometry, WinogradLimits limits, bool isForward)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        bool hasVectors = geometry.Input.PaddedChannels % TSimd.Lanes == 0;
        return hasVectors ? WinogradChoice.Tile(geometry.Layer, geometry.Output.Shape, geometry.Inputs, geometry.Outputs, limits, isForward) : null;
    }
}
