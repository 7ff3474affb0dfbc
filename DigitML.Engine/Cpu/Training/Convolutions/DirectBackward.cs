using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>Both gradients directly by their formulas; the input gradient is a convolution with mirrored weights.</summary>
internal sealed unsafe class DirectBackward<TVector, TSimd> : BackwardConvolution
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly ConvolutionGeometry geometry;
    private DirectWeightGradient weightGradient;
    private DirectCorrelation inputGradient;
    private readonly SlotSums<TVector, TSimd> sums;

    internal DirectBackward(ConvolutionGeometry geometry)
    {
        this.geometry = geometry;
        sums = new SlotSums<TVector, TSimd>(geometry.Panels.Size);
        geometry.Input.RequireMargins(geometry.Margins);
        geometry.Output.RequireGradientMargins(GradientMargins(), geometry.Layer.Stride);
    }

    internal override void Allocate(int batchSize)
    {
        (int kh, int kw) = geometry.Layer.KernelSize;
        (int strideDown, int strideRight) = geometry.Layer.Stride;
        ImageLayout x = geometry.Input.Values, dy = geometry.Output.Gradients;
        weightGradient = new DirectWeightGradient
        {
            OH = dy.Height,
            OW = dy.Width,
            KH = kh,
            KW = kw,
            C = x.Channels,
            StepDown = strideDown * x.RowStride,
            StepRight = strideRight * x.PixelStride,
            InputRow = x.RowStride,
            InputPixel = x.PixelStride,
            GradientRow = dy.RowStride,
            GradientPixel = dy.PixelStride,
            Panels = geometry.Panels,
        };
        if (!geometry.Input.NeedsGradient) return;
        ImageLayout dx = geometry.Input.Gradients;
        int gradientRow = dy.RowStride / strideDown, gradientPixel = dy.PixelStride / strideRight;
        inputGradient = new DirectCorrelation
        {
            OH = x.Height,
            OW = x.Width,
            KH = kh,
            KW = kw,
            C = geometry.Outputs,
            StepDown = gradientRow,
            StepRight = gradientPixel,
            InputRow = gradientRow,
            InputPixel = gradientPixel,
            OutputRow = dx.RowStride,
            OutputPixel = dx.PixelStride,
            Panels = geometry.MirroredPanels,
        };
    }

    internal override void AddWeightGradient(Schedule schedule) =>
        schedule.PerSample(AddWeightGradient, [geometry.Input.ValueImages, geometry.Output.GradientImages]);

    internal override void AddBothGradients(Schedule schedule)
    {
        AddWeightGradient(schedule);
        schedule.PerSample(InputGradient, [geometry.Input.ValueImages, geometry.Output.GradientImages, geometry.Input.GradientImages]);
    }

    internal override void ReduceWeightGradient(int activeSlots, float* gradient) => sums.AddUp(activeSlots, gradient);

    public override void Dispose()
    {
        sums.Dispose();
        base.Dispose();
    }

    private void AddWeightGradient(SampleRange range)
    {
        float* slot = sums.Begin(range);
        for (int n = range.First; n < range.End; n++) weightGradient.Run<TVector, TSimd>(geometry.Window(n), geometry.Output.GradientsOf(n), slot);
    }

    private void InputGradient(SampleRange range)
    {
        (int kh, int kw) = geometry.Layer.KernelSize;
        nint corner = (geometry.Margins.Top - (kh - 1)) * inputGradient.InputRow + (geometry.Margins.Left - (kw - 1)) * inputGradient.InputPixel;
        for (int n = range.First; n < range.End; n++)
        {
            inputGradient.Run<TVector, TSimd, GradientEpilogue<TVector, TSimd>>(
                geometry.Output.GradientsOf(n) + corner, MirroredWeights, geometry.Input.GradientsOf(n), new GradientEpilogue<TVector, TSimd>(geometry.MaskOf(n), geometry.Input.Values.RowStride, geometry.Input.Values.PixelStride));
        }
    }

    // The input gradient at a pixel reads every output gradient whose window includes it: up to one less than a window beyond the border.
    private Margins GradientMargins()
    {
        (int kh, int kw) = geometry.Layer.KernelSize;
        Shape input = geometry.Input.Shape, output = geometry.Output.Shape;
        int spannedHeight = (output.Height - 1) * geometry.Layer.Stride.Height, spannedWidth = (output.Width - 1) * geometry.Layer.Stride.Width;
        return new Margins(
            Math.Max(0, kh - 1 - geometry.Margins.Top), Math.Max(0, kw - 1 - geometry.Margins.Left),
            Math.Max(0, input.Height - 1 + geometry.Margins.Top - spannedHeight), Math.Max(0, input.Width - 1 + geometry.Margins.Left - spannedWidth));
    }
}
