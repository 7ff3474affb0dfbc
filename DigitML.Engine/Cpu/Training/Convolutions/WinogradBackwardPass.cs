using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>Both gradients by minimal filtering, image by image: for convolutions whose weights at all points stay in the cache.</summary>
internal sealed unsafe class WinogradBackwardPass<TVector, TSimd> : BackwardConvolution<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly ConvolutionGeometry geometry;
    private readonly BatchNormOperation<TVector, TSimd>? norm;
    private readonly SharedBuffers buffers;
    private readonly WinogradBackward<TVector, TSimd> algorithm;
    private readonly SlotSums sums;

    internal WinogradBackwardPass(ConvolutionGeometry geometry, BatchNormOperation<TVector, TSimd>? norm, WinogradTile tile, SharedBuffers buffers)
    {
        this.geometry = geometry;
        this.norm = norm;
        this.buffers = buffers;
        WinogradShape shape = WinogradShape.Of(geometry.Output.Shape, tile, geometry.Input.PaddedChannels, geometry.Output.PaddedChannels);
        algorithm = new WinogradBackward<TVector, TSimd>(shape, geometry.Inputs, geometry.Outputs, geometry.Panels, geometry.MirroredPanels, buffers.Strips);
        sums = new SlotSums(geometry.Panels.Size);
        geometry.Input.RequireMargins(shape.InputMargins(geometry.Input.Shape, geometry.Margins));
        geometry.Output.RequireGradientMargins(shape.OutputMargins, 1);
    }

    internal override int PrepareParts => algorithm.PrepareParts;

    internal override void Prepare(int part) => algorithm.Prepare(MirroredWeights, part);

    internal override void AddWeightGradient(Schedule schedule) => schedule.PerSample(
        range => Run(range, weight: true, input: false), [geometry.Input.ValueImages, geometry.Output.GradientImages],
        residentFloats: algorithm.ResidentFloats);

    internal override void AddInputGradient(Schedule schedule) => schedule.PerSample(
        range => Run(range, weight: false, input: true), [geometry.Input.ValueImages, geometry.Output.GradientImages, geometry.Input.GradientImages],
        residentFloats: algorithm.ResidentFloats);

    internal override void AddBothGradients(Schedule schedule) => schedule.PerSample(
        range => Run(range, weight: true, input: true), [geometry.Input.ValueImages, geometry.Output.GradientImages, geometry.Input.GradientImages],
        residentFloats: algorithm.ResidentFloats);

    internal override void ReduceWeightGradient(int activeSlots, float* gradient) => sums.AddUp(activeSlots, gradient);

    public override void Dispose()
    {
        algorithm.Dispose();
        sums.Dispose();
        base.Dispose();
    }

    private void Run(SampleRange range, bool weight, bool input)
    {
        WinogradStrip strip = buffers.Strip;
        for (int n = range.First; n < range.End; n++)
        {
            bool isFirst = range.IsFirstOfSlot && n == range.First;
            algorithm.Run(
                strip, geometry.Output.GradientsOf(n), geometry.Output.Gradients, geometry.Window(n), geometry.Input.Values, weight, isFirst, input);
            if (input) algorithm.Write(strip, geometry.Input.GradientsOf(n), geometry.Input.Gradients, geometry.Margins, EpilogueOf(geometry.Input, norm, n));
        }

        if (weight && range.IsLastOfSlot) algorithm.EndSums(strip, sums.RowOf(range.Slot));
    }
}
