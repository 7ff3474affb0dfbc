using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Parameters;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Training.Convolutions;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Training;

/// <summary>
/// Convolution with its bias and a ReLU that follows. A batch norm before it whose output it reads without padding is part of it: z = scale · r + offset
/// is folded into the weights, and the sums that batch norm's gradient needs come from the weight gradient.
/// </summary>
internal sealed unsafe class ConvolutionOperation<TVector, TSimd> : TrainingOperation
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly Activation input, output;
    private readonly BatchNormOperation<TVector, TSimd>? norm;
    private readonly ConvolutionGeometry geometry;
    private readonly ForwardConvolution forward;
    private readonly BackwardConvolution backward;
    private readonly ParameterBlock weight;
    private readonly ParameterBlock? bias;
    private readonly SlotSums<TVector, TSimd>? biasSums;
    private readonly NativeBuffer mirrored;
    private readonly NativeBuffer? folded, foldedBias;
    private Schedule? backwardSchedule;

    internal ConvolutionOperation(
        Conv2D layer, NetworkLayer place, int layerIndex, Activation input, Activation output, ParameterStore store,
        BatchNormOperation<TVector, TSimd>? norm, WinogradLimits limits, SharedBuffers buffers)
    {
        this.input = input;
        this.output = output;
        this.norm = norm;
        geometry = new ConvolutionGeometry(layer, input, output, readsNormalized: norm is not null, TSimd.Lanes);
        forward = ConvolutionAlgorithms.Forward<TVector, TSimd>(geometry, limits, buffers);
        backward = ConvolutionAlgorithms.Backward<TVector, TSimd>(geometry, limits, buffers);
        PanelLayout panels = geometry.Panels;
        weight = store.Add(
            layerIndex, place, "weight", panels.Size, i => PackedWeights.ConvolutionPosition(panels, i, geometry.Inputs, geometry.Taps));
        bias = layer.UseBias ? store.Add(layerIndex, place, "bias", panels.Columns, o => o) : null;
        biasSums = bias is not null || norm is not null ? new SlotSums<TVector, TSimd>(panels.Columns) : null;
        mirrored = new NativeBuffer(geometry.MirroredPanels.Size);
        backward.MirroredWeights = mirrored.Pointer;
        if (norm is not null)
        {
            folded = new NativeBuffer(panels.Size);
            foldedBias = new NativeBuffer(2L * panels.Columns);
        }
    }

    /// <summary>The parameters' arrays; set before the first pass.</summary>
    internal TrainingParameters Parameters { get; set; } = null!;

    internal override bool HasGradients => norm is null;

    internal override void Allocate(int batchSize)
    {
        forward.Allocate();
        backward.Allocate(batchSize);
    }

    internal override void AddForward(Schedule schedule)
    {
        if (norm is null)
        {
            schedule.Prepare(forward.PrepareParts, part => forward.Prepare(Weights, part));
        }
        else
        {
            schedule.Once(FoldNorm);
            if (forward.PrepareParts > 0) schedule.InParts(() => forward.PrepareParts, part => forward.Prepare(Weights, part));
        }

        if (input.NeedsGradient) schedule.Prepare(geometry.Taps, Mirror);
        schedule.PerSample(Forward, [input.ValueImages, output.ValueImages], forward.PreferredSamples, forward.ResidentFloats);
    }

    internal override void AddBackward(Schedule schedule)
    {
        backwardSchedule = schedule;
        if (input.NeedsGradient) schedule.Prepare(backward.PrepareParts, backward.Prepare);
        if (biasSums is not null) schedule.PerSample(AddBiasGradient, [output.GradientImages]);
        if (input.NeedsGradient) backward.AddBothGradients(schedule);
        else backward.AddWeightGradient(schedule);
        if (norm is null) return;
        schedule.Once(FinishNorm);
        norm.AddInputGradient(schedule);
    }

    internal override void ReduceGradients(int activeSlots)
    {
        backward.ReduceWeightGradient(activeSlots, Parameters.GradientsOf(weight));
        if (bias is not null) biasSums!.AddUp(activeSlots, Parameters.GradientsOf(bias));
    }

    public override void Dispose()
    {
        forward.Dispose();
        backward.Dispose();
        biasSums?.Dispose();
        mirrored.Dispose();
        folded?.Dispose();
        foldedBias?.Dispose();
        base.Dispose();
    }

    // The weights of the forward pass: those of the layer, or those with batch norm folded in.
    private float* Weights => folded is null ? Parameters.WeightsOf(weight) : folded.Pointer;

    private void FoldNorm() => PackedWeights.Fold<TVector, TSimd>(
        Parameters.WeightsOf(weight), geometry.Panels, geometry.Inputs, bias is null ? null : Parameters.WeightsOf(bias),
        norm!.Scale, norm.Offset, folded!.Pointer, foldedBias!.Pointer);

    private void Mirror(int tap) => PackedWeights.Mirror(
        Parameters.WeightsOf(weight), geometry.Panels, geometry.Taps, tap, geometry.Inputs, geometry.Outputs, mirrored.Pointer, geometry.MirroredPanels);

    private void Forward(SampleRange range)
    {
        float* biases = foldedBias is not null ? foldedBias.Pointer : bias is not null ? Parameters.WeightsOf(bias) : null;
        forward.Run(range, Weights, new ChannelOutput(biases, output.IsRectified, null, null));
    }

    private void AddBiasGradient(SampleRange range)
    {
        float* sums = biasSums!.Begin(range);
        for (int n = range.First; n < range.End; n++)
        {
            ChannelSums<TVector, TSimd>.Add(output.GradientsOf(n), output.Gradients, geometry.Panels.Vectors, sums);
        }
    }

    /// <summary>
    /// The convolution is linear in z = scale · r + offset and every window is inside the image, so with G the weight gradient over r and S the sums
    /// of dy: dw = scale · G + offset · S, Σ dz = Σ w · S and Σ dz · r = Σ w · G. Batch norm's gradient needs no pass over the image.
    /// </summary>
    private void FinishNorm()
    {
        PanelLayout panels = geometry.Panels;
        int slots = backwardSchedule!.ActiveSlots, inputs = geometry.Inputs;
        float* w = Parameters.WeightsOf(weight), g = Parameters.GradientsOf(weight), s = foldedBias!.Pointer + panels.Columns;
        backward.ReduceWeightGradient(slots, g);
        biasSums!.AddUp(slots, s);
        if (bias is not null) new Span<float>(s, panels.Columns).CopyTo(new Span<float>(Parameters.GradientsOf(bias), panels.Columns));
        for (int c = 0; c < inputs; c++)
        {
            (double sumDz, double sumDzR) = PackedWeights.UnfoldGradient<TVector, TSimd>(w, panels, inputs, c, norm!.Scale[c], norm.Offset[c], g, s);
            norm.FinishGradient(c, sumDz, sumDzR);
        }
    }
}
