using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Training;

/// <summary>Average pooling, and max-pooling whose windows overlap or leave pixels out. Global average pooling is an average over a window as large as the image.</summary>
internal sealed unsafe class PoolingOperation<TVector, TSimd>(Activation input, Activation output, PoolingGeometry geometry, bool isMax) : TrainingOperation
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private int Vectors => input.PaddedChannels / TSimd.Lanes;

    internal override void AddForward(Schedule schedule) => schedule.PerSample(Forward, [input.ValueImages, output.ValueImages]);

    internal override void AddBackward(Schedule schedule)
    {
        if (input.NeedsGradient) schedule.PerSample(Backward, [input.ValueImages, input.GradientImages, output.GradientImages]);
    }

    private void Forward(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++)
        {
            if (isMax) Pooling<TVector, TSimd>.Max(input.ValuesOf(n), input.Values, output.ValuesOf(n), output.Values, geometry, Vectors);
            else Pooling<TVector, TSimd>.Average(input.ValuesOf(n), input.Values, output.ValuesOf(n), output.Values, geometry, Vectors);
        }
    }

    private void Backward(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++)
        {
            float* dx = input.GradientsOf(n), dy = output.GradientsOf(n);
            input.ClearGradients(n);
            if (isMax) Pooling<TVector, TSimd>.MaxGradient(input.ValuesOf(n), input.Values, dx, input.Gradients, dy, output.Gradients, geometry, Vectors);
            else Pooling<TVector, TSimd>.AverageGradient(dx, input.Gradients, dy, output.Gradients, geometry, Vectors);
            if (input.IsRectified) Elementwise<TVector, TSimd>.MaskGradient(input.ValuesOf(n), input.Values, dx, input.Gradients, Vectors);
        }
    }
}
