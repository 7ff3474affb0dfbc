using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Parameters;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Training;

/// <summary>
/// Convolution with its bias and a rectifier that follows. A batch norm before it whose output it reads without padding is part of it
/// : z = scale · r + offset goes into the weights, and the sums that batch norm's gradient needs come out of the weight gradient.
/// </summary>
internal sealed unsafe class ConvolutionOperation<TVector, TSimd> : TrainingOperation
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly Conv2D layer;
    private readonly Activation input, output;
    private readonly BatchNormOperation<TVector, TSimd>? norm;
    private readonly Margins margins;
    private readonly PanelLayout panels, mirroredPanels;
    private readonly ParameterBlock weight;
    private readonly ParameterBlock? bias;
    private readonly SlotSums weightSums;
    private readonly SlotSums? biasSums;
    private readonly NativeBuffer mirrored;
    private readonly NativeBuffer? folded, foldedBias;
    private DirectCorrelation forward, inputGradient;
    private DirectWeightGradient weightGradient;
    private Schedule? backward;

    internal ConvolutionOperation(
        Conv2D layer, NetworkLayer place, int layerIndex, Activation input, Activation output, ParameterStore store, BatchNormOperation<TVector, TSimd>? norm)
    {
        this.layer = layer;
        this.input = input;
        this.output = output;
        this.norm = norm;
        margins = layer.Padding.Resolve(input.Shape.Height, input.Shape.Width, layer.KernelSize, layer.Stride);
        (int inputs, int outputs, int taps) = (input.Shape.Channels, output.Shape.Channels, Taps);
        panels = PanelLayout.Create(taps * inputs, outputs, TSimd.Lanes);
        mirroredPanels = PanelLayout.Create(taps * outputs, inputs, TSimd.Lanes);
        weight = store.Add(layerIndex, place, "weight", panels.Size, i => PackedWeights.ConvolutionPosition(panels, i, inputs, taps));
        bias = layer.UseBias ? store.Add(layerIndex, place, "bias", panels.Columns, o => o) : null;
        weightSums = new SlotSums(panels.Size);
        biasSums = bias is not null || norm is not null ? new SlotSums(panels.Columns) : null;
        mirrored = new NativeBuffer(mirroredPanels.Size);
        if (norm is not null)
        {
            folded = new NativeBuffer(panels.Size);
            foldedBias = new NativeBuffer(2L * panels.Columns);
        }

        input.RequireMargins(margins);
        output.RequireGradientMargins(GradientMargins(), layer.Stride);
    }

    /// <summary>The parameters' arrays; set before the first pass.</summary>
    internal TrainingParameters Parameters { get; set; } = null!;

    internal override bool HasGradients => norm is null;

    private int Taps => layer.KernelSize.Height * layer.KernelSize.Width;

    internal override void Allocate(int batchSize)
    {
        (int kh, int kw) = layer.KernelSize;
        (int strideDown, int strideRight) = layer.Stride;
        ImageLayout x = input.Values, y = output.Values, dy = output.Gradients;
        forward = new DirectCorrelation
        {
            OH = y.Height, OW = y.Width, KH = kh, KW = kw, C = x.Channels,
            StepDown = strideDown * x.RowStride, StepRight = strideRight * x.PixelStride, InputRow = x.RowStride, InputPixel = x.PixelStride,
            OutputRow = y.RowStride, OutputPixel = y.PixelStride, Panels = panels,
        };
        weightGradient = new DirectWeightGradient
        {
            OH = y.Height, OW = y.Width, KH = kh, KW = kw, C = x.Channels,
            StepDown = strideDown * x.RowStride, StepRight = strideRight * x.PixelStride, InputRow = x.RowStride, InputPixel = x.PixelStride,
            GradientRow = dy.RowStride, GradientPixel = dy.PixelStride, Panels = panels,
        };
        if (!input.NeedsGradient) return;
        int gradientRow = dy.RowStride / strideDown, gradientPixel = dy.PixelStride / strideRight;
        inputGradient = new DirectCorrelation
        {
            OH = x.Height, OW = x.Width, KH = kh, KW = kw, C = y.Channels,
            StepDown = gradientRow, StepRight = gradientPixel, InputRow = gradientRow, InputPixel = gradientPixel,
            OutputRow = input.Gradients.RowStride, OutputPixel = input.Gradients.PixelStride, Panels = mirroredPanels,
        };
    }

    internal override void AddForward(Schedule schedule)
    {
        if (norm is not null) schedule.Once(FoldNorm);
        schedule.PerSample(Forward);
    }

    internal override void AddBackward(Schedule schedule)
    {
        backward = schedule;
        if (input.NeedsGradient) schedule.Before(Mirror);
        schedule.PerSample(AddWeightGradient);
        if (norm is not null) schedule.Once(FinishNorm);
        if (input.NeedsGradient) schedule.PerSample(InputGradient);
    }

    internal override void ReduceGradients(int activeSlots)
    {
        weightSums.AddUp(activeSlots, Parameters.GradientsOf(weight));
        if (bias is not null) biasSums!.AddUp(activeSlots, Parameters.GradientsOf(bias));
    }

    public override void Dispose()
    {
        weightSums.Dispose();
        biasSums?.Dispose();
        mirrored.Dispose();
        folded?.Dispose();
        foldedBias?.Dispose();
        base.Dispose();
    }

    // The input gradient at a pixel reads every output gradient whose window holds it: up to a window less one beyond the border.
    private Margins GradientMargins()
    {
        (int kh, int kw) = layer.KernelSize;
        int spannedHeight = (output.Shape.Height - 1) * layer.Stride.Height, spannedWidth = (output.Shape.Width - 1) * layer.Stride.Width;
        return new Margins(
            Math.Max(0, kh - 1 - margins.Top), Math.Max(0, kw - 1 - margins.Left),
            Math.Max(0, input.Shape.Height - 1 + margins.Top - spannedHeight), Math.Max(0, input.Shape.Width - 1 + margins.Left - spannedWidth));
    }

    private void FoldNorm() => PackedWeights.Fold<TVector, TSimd>(
        Parameters.WeightsOf(weight), panels, input.Shape.Channels, bias is null ? null : Parameters.WeightsOf(bias),
        norm!.Scale, norm.Offset, folded!.Pointer, foldedBias!.Pointer);

    private void Mirror() => PackedWeights.Mirror(
        Parameters.WeightsOf(weight), panels, Taps, input.Shape.Channels, output.Shape.Channels, mirrored.Pointer, mirroredPanels);

    private float* Window(int sample) =>
        input.ValuesOf(sample) - margins.Top * (nint)input.Values.RowStride - margins.Left * (nint)input.Values.PixelStride;

    private void Forward(SampleRange range)
    {
        float* weights = folded is null ? Parameters.WeightsOf(weight) : folded.Pointer;
        float* biases = foldedBias is not null ? foldedBias.Pointer : bias is not null ? Parameters.WeightsOf(bias) : null;
        var epilogue = new ForwardEpilogue<TVector, TSimd>(biases, output.IsRectified, null, null);
        for (int n = range.First; n < range.End; n++)
        {
            forward.Run<TVector, TSimd, ForwardEpilogue<TVector, TSimd>>(Window(n), weights, output.ValuesOf(n), epilogue);
        }
    }

    private void AddWeightGradient(SampleRange range)
    {
        float* sums = weightSums.Begin(range);
        float* channelSums = biasSums is null ? null : biasSums.Begin(range);
        for (int n = range.First; n < range.End; n++)
        {
            float* dy = output.GradientsOf(n);
            weightGradient.Run<TVector, TSimd>(Window(n), dy, sums);
            if (channelSums != null) ChannelSums<TVector, TSimd>.Add(dy, output.Gradients, panels.Vectors, channelSums);
        }
    }

    private void InputGradient(SampleRange range)
    {
        (int kh, int kw) = layer.KernelSize;
        nint corner = (margins.Top - (kh - 1)) * inputGradient.InputRow + (margins.Left - (kw - 1)) * inputGradient.InputPixel;
        for (int n = range.First; n < range.End; n++)
        {
            var epilogue = new GradientEpilogue<TVector, TSimd>(
                input.ValuesOf(n), input.Values.RowStride, input.Values.PixelStride, input.IsRectified,
                norm is null ? null : norm.DzFactor, norm is null ? null : norm.InputFactor, norm is null ? null : norm.Constant);
            inputGradient.Run<TVector, TSimd, GradientEpilogue<TVector, TSimd>>(
                output.GradientsOf(n) + corner, mirrored.Pointer, input.GradientsOf(n), epilogue);
        }
    }

    /// <summary>
    /// The convolution is linear in z = scale · r + offset and every window lies inside the image, so with G the weight gradient over r and S the sums
    /// of dy: dw = scale · G + offset · S, Σ dz = Σ w · S and Σ dz · r = Σ w · G. Batch norm's gradient costs no pass over the image.
    /// </summary>
    private void FinishNorm()
    {
        int slots = backward!.ActiveSlots, inputs = input.Shape.Channels, outputs = output.Shape.Channels;
        float* w = Parameters.WeightsOf(weight), g = Parameters.GradientsOf(weight), s = foldedBias!.Pointer + panels.Columns;
        weightSums.AddUp(slots, g);
        biasSums!.AddUp(slots, s);
        if (bias is not null) new Span<float>(s, panels.Columns).CopyTo(new Span<float>(Parameters.GradientsOf(bias), panels.Columns));
        for (int c = 0; c < inputs; c++)
        {
            double sumDz = 0, sumDzR = 0;
            float scale = norm!.Scale[c], offset = norm.Offset[c];
            for (int row = c; row < panels.Rows; row += inputs)
            {
                for (int o = 0; o < outputs; o++)
                {
                    int position = panels.PositionOf(row, o);
                    sumDz += (double)w[position] * s[o];
                    sumDzR += (double)w[position] * g[position];
                    g[position] = scale * g[position] + offset * s[o];
                }
            }

            norm.FinishGradient(c, sumDz, sumDzR);
        }
    }
}
