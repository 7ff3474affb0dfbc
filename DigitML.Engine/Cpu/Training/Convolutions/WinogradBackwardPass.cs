using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>Both gradients by minimal filtering.</summary>
internal sealed unsafe class WinogradBackwardPass<TVector, TSimd> : BackwardConvolution<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly ConvolutionGeometry geometry;
    private readonly BatchNormOperation<TVector, TSimd>? norm;
    private readonly WinogradBackward<TVector, TSimd> algorithm;
    private readonly NativeBuffer?[] pointSums = new NativeBuffer?[Schedule.Slots];

    internal WinogradBackwardPass(ConvolutionGeometry geometry, BatchNormOperation<TVector, TSimd>? norm, WinogradTile tile)
    {
        this.geometry = geometry;
        this.norm = norm;
        WinogradShape shape = WinogradShape.Of(geometry.Output.Shape, tile, geometry.Input.PaddedChannels, geometry.Output.PaddedChannels);
        algorithm = new WinogradBackward<TVector, TSimd>(shape, geometry.Inputs, geometry.Outputs, geometry.Panels, geometry.MirroredPanels);
        geometry.Input.RequireMargins(shape.InputMargins(geometry.Input.Shape, geometry.Margins));
        geometry.Output.RequireGradientMargins(shape.OutputMargins, 1);
    }

    internal override void Prepare(float* mirroredWeights) => algorithm.Prepare(mirroredWeights);

    internal override void AddWeightGradient(SampleRange range, float* sums) => Run(range, sums, withInput: false);

    internal override void InputGradient(SampleRange range) => Run(range, sums: null, withInput: true);

    internal override void BothGradients(SampleRange range, float* sums) => Run(range, sums, withInput: true);

    public override void Dispose()
    {
        algorithm.Dispose();
        base.Dispose();
    }

    private void Run(SampleRange range, float* sums, bool withInput)
    {
        Activation input = geometry.Input, output = geometry.Output;
        if (sums != null && range.IsFirstOfSlot) pointSums[range.Slot] = algorithm.BeginSums();
        if (withInput)
        {
            for (int n = range.First; n < range.End; n++) input.ClearGradients(n);
        }

        algorithm.Run(
            range.Count, output.GradientsOf(range.First), output.Gradients, geometry.Window(range.First), input.Values,
            sums == null ? null : pointSums[range.Slot], range.IsFirstOfSlot, withInput ? input.GradientsOf(range.First) : null, withInput ? input.Gradients : null, geometry.Margins);
        if (withInput) Finish(range);
        if (sums != null && range.IsLastOfSlot) algorithm.EndSums(pointSums[range.Slot]!, sums);
    }

    private void Finish(SampleRange range)
    {
        Activation input = geometry.Input;
        if (norm is null && !input.IsRectified) return;
        ImageLayout layout = input.Gradients;
        for (int n = range.First; n < range.End; n++)
        {
            GradientEpilogue<TVector, TSimd> epilogue = EpilogueOf(input, norm, n);
            for (int row = 0; row < layout.Height; row++)
            {
                for (int channel = 0; channel < input.PaddedChannels; channel += TSimd.Lanes)
                {
                    epilogue.Apply(input.GradientsOf(n) + row * (nint)layout.RowStride + channel, layout.PixelStride, layout.Width, channel, row);
                }
            }
        }
    }
}
