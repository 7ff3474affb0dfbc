using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Training;

/// <summary>A ReLU that is not fused into another operation; works in place.</summary>
internal sealed unsafe class ReluOperation<TVector, TSimd>(Activation activation) : TrainingOperation
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private int Vectors => activation.PaddedChannels / TSimd.Lanes;

    internal override void AddForward(Schedule schedule) => schedule.PerSample(Forward, [activation.ValueImages]);

    internal override void AddBackward(Schedule schedule)
    {
        if (activation.NeedsGradient) schedule.PerSample(Backward, [activation.ValueImages, activation.GradientImages]);
    }

    private void Forward(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++) Elementwise<TVector, TSimd>.Rectify(activation.ValuesOf(n), activation.Values, Vectors);
    }

    private void Backward(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++)
        {
            Elementwise<TVector, TSimd>.MaskGradient(activation.ValuesOf(n), activation.Values, activation.GradientsOf(n), activation.Gradients, Vectors);
        }
    }
}
