using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Scheduling;

namespace DigitML.Engine.Cpu.Training;

/// <summary>Scales the input images; as the first layer, it passes no gradient on.</summary>
internal sealed class ResizingOperation(Activation input, Activation output) : TrainingOperation
{
    private readonly BilinearScaling scaling = new(input.Shape, output.Shape);

    internal override void AddForward(Schedule schedule) => schedule.PerSample(Forward, [input.ValueImages, output.ValueImages]);

    internal override void AddBackward(Schedule schedule) { }

    private unsafe void Forward(SampleRange range)
    {
        for (int n = range.First; n < range.End; n++) scaling.Run(input.ValuesOf(n), input.Values, output.ValuesOf(n), output.Values);
    }
}
