using DigitML.Engine.Cpu.Scheduling;

namespace DigitML.Engine.Cpu.Training;

/// <summary>
/// Copies an image into a vector in channel, row, column order. Needed only if a layer with one parameter per feature follows; a dense layer reads the image
/// in its memory layout.
/// </summary>
internal sealed unsafe class FlattenOperation(Activation input, Activation output) : TrainingOperation
{
    internal override void AddForward(Schedule schedule) => schedule.PerSample(Forward, [input.ValueImages, output.ValueImages]);

    internal override void AddBackward(Schedule schedule)
    {
        if (input.NeedsGradient) schedule.PerSample(Backward, [input.ValueImages, input.GradientImages, output.GradientImages]);
    }

    private void Forward(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++)
        {
            float* x = input.ValuesOf(n), y = output.ValuesOf(n);
            for (int i = 0; i < output.Shape.Channels; i++) y[i] = x[input.Values.OffsetOf(i)];
        }
    }

    private void Backward(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++)
        {
            float* x = input.ValuesOf(n), dx = input.GradientsOf(n), dy = output.GradientsOf(n);
            for (int i = 0; i < output.Shape.Channels; i++)
            {
                bool passes = !input.IsRectified || x[input.Values.OffsetOf(i)] > 0;
                dx[input.Gradients.OffsetOf(i)] = passes ? dy[i] : 0;
            }
        }
    }
}
