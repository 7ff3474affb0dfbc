using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Randomness;

namespace DigitML.Engine.Cpu.Training;

/// <summary>Dropout, in place. The mask is recomputed in the backward pass rather than kept.</summary>
internal sealed unsafe class DropoutOperation<TVector, TSimd> : TrainingOperation
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly Activation activation;
    private readonly Func<DropoutMask> currentMask;
    private readonly NativeBuffer indices;
    private DropoutMask mask;

    /// <param name="activation">Values to drop from.</param>
    /// <param name="currentMask">Gives the mask of the step being processed.</param>
    internal DropoutOperation(Activation activation, Func<DropoutMask> currentMask)
    {
        this.activation = activation;
        this.currentMask = currentMask;
        int pixels = activation.Shape.Height * activation.Shape.Width;
        indices = new NativeBuffer((long)pixels * activation.PaddedChannels);
        var table = new Span<uint>(indices.Pointer, (int)indices.Length);
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int c = 0; c < activation.Shape.Channels; c++) table[pixel * activation.PaddedChannels + c] = (uint)(c * pixels + pixel);
        }
    }

    private int Vectors => activation.PaddedChannels / TSimd.Lanes;

    internal override void AddForward(Schedule schedule)
    {
        schedule.Before(() => mask = currentMask());
        schedule.PerSample(Forward, [activation.ValueImages]);
    }

    internal override void AddBackward(Schedule schedule)
    {
        if (activation.NeedsGradient) schedule.PerSample(Backward, [activation.GradientImages]);
    }

    public override void Dispose()
    {
        indices.Dispose();
        base.Dispose();
    }

    private void Forward(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++) Drop(activation.ValuesOf(n), activation.Values, n);
    }

    private void Backward(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++) Drop(activation.GradientsOf(n), activation.Gradients, n);
    }

    private void Drop(float* x, ImageLayout layout, int sample) =>
        Elementwise<TVector, TSimd>.Drop(x, layout, Vectors, (uint*)indices.Pointer, (uint)(sample * activation.Shape.Size), mask);
}
