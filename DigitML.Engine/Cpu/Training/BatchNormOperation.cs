using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Parameters;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Training;

/// <summary>
/// Batch norm. With r the input, the output is z = scale · r + offset for each channel, where scale and offset come from the minibatch. Either the
/// output is written (with a ReLU that follows), or the next convolution reads r and folds scale and offset into its weights: then
/// <paramref name="output"/> is <paramref name="input"/> itself.
/// </summary>
internal sealed unsafe class BatchNormOperation<TVector, TSimd>(
    BatchNorm layer, NetworkLayer place, int layerIndex, Activation input, Activation output, ParameterStore store) : TrainingOperation
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly int padded = input.PaddedChannels;
    private readonly ParameterBlock? gamma = layer.Scale ? store.Add(layerIndex, place, "gamma", input.PaddedChannels, c => c) : null;
    private readonly ParameterBlock? beta = layer.Center ? store.Add(layerIndex, place, "beta", input.PaddedChannels, c => c) : null;
    private readonly ParameterBlock runningMean = store.Add(layerIndex, place, "running_mean", input.PaddedChannels, c => c);
    private readonly ParameterBlock runningVariance = store.Add(layerIndex, place, "running_var", input.PaddedChannels, c => c);
    private readonly SlotSums<TVector, TSimd> moments = new(3 * input.PaddedChannels);
    private readonly NativeBuffer channels = new(5L * input.PaddedChannels);
    private readonly double[] mean = new double[input.PaddedChannels];
    private readonly double[] inverseDeviation = new double[input.PaddedChannels];
    private Schedule? forward, backward;
    private double sampleCount;

    /// <summary>The parameters' arrays; set before the first pass.</summary>
    internal TrainingParameters Parameters { get; set; } = null!;

    /// <summary>z = Scale · r + Offset, one value per channel.</summary>
    internal float* Scale => channels.Pointer;

    internal float* Offset => channels.Pointer + padded;

    /// <summary>dr = DzFactor · dz + InputFactor · r + Constant, one value per channel; known once dz's sums are.</summary>
    internal float* DzFactor => channels.Pointer + 2 * padded;

    internal float* InputFactor => channels.Pointer + 3 * padded;

    internal float* Constant => channels.Pointer + 4 * padded;

    private bool IsAbsorbed => output == input;

    internal override void AddForward(Schedule schedule)
    {
        forward = schedule;
        schedule.PerSample(AddMoments, [input.ValueImages]);
        schedule.Once(FinishMoments);
        if (!IsAbsorbed) schedule.PerSample(Apply, [input.ValueImages, output.ValueImages]);
    }

    internal override void AddBackward(Schedule schedule)
    {
        if (IsAbsorbed) return;
        backward = schedule;
        schedule.PerSample(AddProducts, [input.ValueImages, output.GradientImages]);
        schedule.Once(FinishProducts);
        AddInputGradient(schedule);
    }

    /// <summary>Adds the phase that turns dz into dr, once its factors are known.</summary>
    internal void AddInputGradient(Schedule schedule)
    {
        if (input.NeedsGradient) schedule.PerSample(ApplyGradient, [input.ValueImages, output.GradientImages, input.GradientImages]);
    }

    /// <summary>
    /// From Σ dz and Σ dz · r of each channel: the gradients of gamma and beta, and the factors that turn dz into dr.
    /// With x = (r − µ) / σ: dr = gamma / σ · (dz − mean(dz) − x · mean(dz · x)). Ioffe and Szegedy 2015, section 3.
    /// </summary>
    internal void FinishGradient(int channel, double sumDz, double sumDzR)
    {
        double deviation = inverseDeviation[channel], center = mean[channel];
        double sumDzX = (sumDzR - center * sumDz) * deviation;
        if (gamma is not null) Parameters.GradientsOf(gamma)[channel] = (float)sumDzX;
        if (beta is not null) Parameters.GradientsOf(beta)[channel] = (float)sumDz;
        double factor = Gamma(channel) * deviation;
        double slope = factor * deviation * sumDzX / sampleCount;
        DzFactor[channel] = (float)factor;
        InputFactor[channel] = (float)-slope;
        Constant[channel] = (float)(slope * center - factor * sumDz / sampleCount);
    }

    public override void Dispose()
    {
        moments.Dispose();
        channels.Dispose();
        base.Dispose();
    }

    private double Gamma(int channel) => gamma is not null ? Parameters.WeightsOf(gamma)[channel] : channel < input.Shape.Channels ? 1 : 0;

    // Moments about the slot's first pixel: the difference of large squares that are nearly equal would lose its precision.
    private void AddMoments(SampleRange range)
    {
        float* sums = moments.Begin(range), squares = sums + padded, shift = squares + padded;
        if (range.IsFirstOfSlot) new Span<float>(input.ValuesOf(range.First), padded).CopyTo(new Span<float>(shift, padded));
        for (int n = range.First; n < range.End; n++)
        {
            ChannelSums<TVector, TSimd>.AddMoments(input.ValuesOf(n), input.Values, padded / TSimd.Lanes, shift, sums, squares);
        }
    }

    private void FinishMoments()
    {
        sampleCount = (double)forward!.SampleCount * input.Values.Pixels;
        float* keptMean = Parameters.WeightsOf(runningMean), keptVariance = Parameters.WeightsOf(runningVariance);
        for (int c = 0; c < padded; c++)
        {
            (mean[c], double variance) = MomentsOf(c);
            inverseDeviation[c] = 1 / Math.Sqrt(variance + layer.Epsilon);
            double scale = Gamma(c) * inverseDeviation[c];
            Scale[c] = (float)scale;
            Offset[c] = (float)((beta is null ? 0 : Parameters.WeightsOf(beta)[c]) - scale * mean[c]);
            keptMean[c] = (float)(layer.Momentum * (double)keptMean[c] + (1 - (double)layer.Momentum) * mean[c]);
            keptVariance[c] = (float)(layer.Momentum * (double)keptVariance[c] + (1 - (double)layer.Momentum) * variance);
        }
    }

    private (double Mean, double Variance) MomentsOf(int channel)
    {
        Span<Moments> slots = stackalloc Moments[SlotLayout.Slots];
        slots = slots[..forward!.ActiveSlots];
        for (int slot = 0; slot < slots.Length; slot++)
        {
            double count = (double)forward.Slots.SamplesOf(slot) * input.Values.Pixels, sum = moments[slot, channel];
            slots[slot] = new Moments(count, moments[slot, 2 * padded + channel] + sum / count, moments[slot, padded + channel] - sum * sum / count);
        }

        Moments all = TreeSum.Of(slots);
        return (all.Mean, Math.Max(all.SquaredDeviation / all.Count, 0));
    }

    private void Apply(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++)
        {
            ChannelAffine<TVector, TSimd>.Apply(
                input.ValuesOf(n), input.Values, output.ValuesOf(n), output.Values, padded / TSimd.Lanes, Scale, Offset, output.IsRectified);
        }
    }

    private void AddProducts(SampleRange range)
    {
        float* sums = moments.Begin(range);
        for (int n = range.First; n < range.End; n++)
        {
            ChannelSums<TVector, TSimd>.AddProducts(
                output.GradientsOf(n), output.Gradients, input.ValuesOf(n), input.Values, padded / TSimd.Lanes, sums, sums + padded);
        }
    }

    private void FinishProducts()
    {
        int slots = backward!.ActiveSlots;
        for (int c = 0; c < padded; c++) FinishGradient(c, moments.Total(slots, c), moments.Total(slots, padded + c));
    }

    private void ApplyGradient(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++)
        {
            ChannelAffine<TVector, TSimd>.ApplyGradient(
                output.GradientsOf(n), output.Gradients, input.ValuesOf(n), input.Values, input.GradientsOf(n), input.Gradients,
                padded / TSimd.Lanes, DzFactor, InputFactor, Constant, input.IsRectified);
        }
    }
}
