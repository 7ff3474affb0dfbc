using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>The forward pass by minimal filtering.</summary>
internal sealed unsafe class WinogradForwardPass<TVector, TSimd> : ForwardConvolution<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly ConvolutionGeometry geometry;
    private readonly WinogradForward<TVector, TSimd> algorithm;

    internal WinogradForwardPass(ConvolutionGeometry geometry, WinogradTile tile)
    {
        this.geometry = geometry;
        WinogradShape shape = WinogradShape.Of(geometry.Output.Shape, tile, geometry.Input.PaddedChannels, geometry.Output.PaddedChannels);
        algorithm = new WinogradForward<TVector, TSimd>(shape, geometry.Inputs, geometry.Panels);
        geometry.Input.RequireMargins(shape.InputMargins(geometry.Input.Shape, geometry.Margins));
    }

    internal override void Prepare(float* weights) => algorithm.Prepare(weights);

    internal override void Run(SampleRange range, ForwardEpilogue<TVector, TSimd> epilogue) => algorithm.Run(
        geometry.Window(range.First), geometry.Input.Values, geometry.Output.ValuesOf(range.First), geometry.Output.Values, range.Count, epilogue);

    public override void Dispose()
    {
        algorithm.Dispose();
        base.Dispose();
    }
}
