using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Training;

/// <summary>
/// Max-pooling whose windows cover the image without overlap. It records where each largest value was, so that the backward pass reads no values: those of the
/// layer before it need not be kept.
/// </summary>
internal sealed unsafe class TiledMaxPoolingOperation<TVector, TSimd>(Activation input, Activation output, Size2D window) : TrainingOperation
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private NativeBuffer? winners;

    private int WinnersOfSample => output.Shape.Height * output.Shape.Width * output.PaddedChannels;

    /// <summary>True if a pooling is of this kind.</summary>
    internal static bool Fits(PoolingGeometry geometry, Shape input) =>
        geometry.Window == geometry.Stride && geometry.Margins == default
        && input.Height % geometry.Window.Height == 0 && input.Width % geometry.Window.Width == 0;

    internal override void Allocate(int batchSize) => winners = new NativeBuffer((long)batchSize * WinnersOfSample);

    internal override void AddForward(Schedule schedule) => schedule.PerSample(Forward, [input.ValueImages, output.ValueImages]);

    internal override void AddBackward(Schedule schedule)
    {
        if (input.NeedsGradient) schedule.PerSample(Backward, [input.GradientImages, output.GradientImages]);
    }

    public override void Dispose()
    {
        winners?.Dispose();
        base.Dispose();
    }

    private void Forward(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++)
        {
            TiledMaxPooling<TVector, TSimd>.Run(
                input.ValuesOf(n), input.Values, output.ValuesOf(n), output.Values, winners!.Pointer + n * (nint)WinnersOfSample, window,
                output.PaddedChannels, input.IsRectified);
        }
    }

    private void Backward(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++)
        {
            TiledMaxPooling<TVector, TSimd>.Gradient(
                input.GradientsOf(n), input.Gradients, output.GradientsOf(n), output.Gradients, winners!.Pointer + n * (nint)WinnersOfSample, window,
                output.PaddedChannels);
        }
    }
}
