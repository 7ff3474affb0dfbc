using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>Both gradients by minimal filtering, image by image: for convolutions whose weights at all points stay in the cache.</summary>
internal sealed unsafe class WinogradBackwardPass<TVector, TSimd> : BackwardConvolution
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly ConvolutionGeometry geometry;
    private readonly SharedBuffers buffers;
    private readonly WinogradBackward<TVector, TSimd> algorithm;
    private readonly SlotSums<TVector, TSimd> sums;

    internal WinogradBackwardPass(ConvolutionGeometry geometry, WinogradTile tile, SharedBuffers buffers)
    {
        this.geometry = geometry;
        this.buffers = buffers;
        WinogradShape shape = WinogradShape.Of(geometry.Output.Shape, tile, geometry.Input.PaddedChannels, geometry.Output.PaddedChannels);
        algorithm = new WinogradBackward<TVector, TSimd>(shape, geometry.Inputs, geometry.Outputs, geometry.Panels, geometry.MirroredPanels, buffers.Strips);
        sums = new SlotSums<TVector, TSimd>(geometry.Panels.Size);
        geometry.Input.RequireMargins(shape.InputMargins(geometry.Input.Shape, geometry.Margins));
        geometry.Output.RequireGradientMargins(shape.OutputMargins, 1);
    }

    internal override int PrepareParts => algorithm.PrepareParts;

    internal override void Prepare(int part) => algorithm.Prepare(MirroredWeights, part);

    internal override void AddWeightGradient(Schedule schedule) => schedule.PerSample(
        range => Run(range, givesInputGradient: false), [geometry.Input.ValueImages, geometry.Output.GradientImages], algorithm.PreferredImages,
        algorithm.ResidentFloats);

    internal override void AddBothGradients(Schedule schedule) => schedule.PerSample(
        range => Run(range, givesInputGradient: true), [geometry.Input.ValueImages, geometry.Output.GradientImages, geometry.Input.GradientImages],
        algorithm.PreferredImages, algorithm.ResidentFloats);

    internal override void ReduceWeightGradient(int activeSlots, float* gradient) => sums.AddUp(activeSlots, gradient);

    public override void Dispose()
    {
        algorithm.Dispose();
        sums.Dispose();
        base.Dispose();
    }

    private void Run(SampleRange range, bool givesInputGradient)
    {
        WinogradStrip strip = buffers.Strip;
        for (int n = range.First; n < range.End; n += algorithm.PreferredImages)
        {
            int images = Math.Min(algorithm.PreferredImages, range.End - n);
            algorithm.Run(
                strip, images, geometry.Output.GradientsOf(n), geometry.Output.Gradients, geometry.Window(n), geometry.Input.Values,
                replacesSums: range.IsFirstOfSlot && n == range.First, givesInputGradient);
            for (int i = 0; givesInputGradient && i < images; i++)
            {
                var mask = new GradientEpilogue<TVector, TSimd>(geometry.MaskOf(n + i), geometry.Input.Values.RowStride, geometry.Input.Values.PixelStride);
                algorithm.Write(strip, i, geometry.Input.GradientsOf(n + i), geometry.Input.Gradients, geometry.Margins, mask);
            }
        }

        if (range.IsLastOfSlot) algorithm.EndSums(strip, sums.RowOf(range.Slot));
    }
}
