using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>The forward pass directly by its formula.</summary>
internal sealed unsafe class DirectForward<TVector, TSimd> : ForwardConvolution
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly ConvolutionGeometry geometry;
    private DirectCorrelation correlation;

    internal DirectForward(ConvolutionGeometry geometry)
    {
        this.geometry = geometry;
        geometry.Input.RequireMargins(geometry.Margins);
    }

    internal override void Allocate()
    {
        ImageLayout x = geometry.Input.Values, y = geometry.Output.Values;
        correlation = new DirectCorrelation
        {
            OH = y.Height,
            OW = y.Width,
            KH = geometry.Layer.KernelSize.Height,
            KW = geometry.Layer.KernelSize.Width,
            C = x.Channels,
            StepDown = geometry.Layer.Stride.Height * x.RowStride,
            StepRight = geometry.Layer.Stride.Width * x.PixelStride,
            InputRow = x.RowStride,
            InputPixel = x.PixelStride,
            OutputRow = y.RowStride,
            OutputPixel = y.PixelStride,
            Panels = geometry.Panels,
        };
    }

    internal override void Run(SampleRange range, float* weights, ChannelOutput finish)
    {
        for (int n = range.First; n < range.End; n++)
        {
            correlation.Run<TVector, TSimd, ForwardEpilogue<TVector, TSimd>>(
                geometry.Window(n), weights, geometry.Output.ValuesOf(n), new ForwardEpilogue<TVector, TSimd>(finish));
        }
    }
}
