using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>The forward pass by minimal filtering.</summary>
internal sealed unsafe class WinogradForwardPass<TVector, TSimd> : ForwardConvolution
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly ConvolutionGeometry geometry;
    private readonly SharedBuffers buffers;
    private readonly WinogradForward<TVector, TSimd> algorithm;

    internal WinogradForwardPass(ConvolutionGeometry geometry, WinogradTile tile, SharedBuffers buffers)
    {
        this.geometry = geometry;
        this.buffers = buffers;
        WinogradShape shape = WinogradShape.Of(geometry.Output.Shape, tile, geometry.Input.PaddedChannels, geometry.Output.PaddedChannels);
        algorithm = new WinogradForward<TVector, TSimd>(shape, geometry.Inputs, geometry.Panels, buffers.Strips);
        geometry.Input.RequireMargins(shape.InputMargins(geometry.Input.Shape, geometry.Margins));
    }

    internal override int PrepareParts => algorithm.PrepareParts;

    internal override int PreferredSamples => algorithm.PreferredImages;

    internal override long ResidentFloats => algorithm.ResidentFloats;

    internal override void Prepare(float* weights, int part) => algorithm.Prepare(weights, part);

    internal override void Run(SampleRange range, float* weights, ChannelOutput finish) => algorithm.Run(
        buffers.Strip, geometry.Window(range.First), geometry.Input.Values, geometry.Output.ValuesOf(range.First), geometry.Output.Values, range.Count, finish);

    public override void Dispose()
    {
        algorithm.Dispose();
        base.Dispose();
    }
}
