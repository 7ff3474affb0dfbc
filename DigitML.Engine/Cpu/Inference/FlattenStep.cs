using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Copies an image into a vector in channel, row, column order.</summary>
internal sealed unsafe class FlattenStep(BufferPlan input, BufferPlan output) : InferenceStep
{
    internal override void Run(Workspace workspace, int count)
    {
        for (int n = 0; n < count; n++)
        {
            float* x = workspace.Values(input, n), y = workspace.Values(output, n);
            for (int i = 0; i < output.Shape.Channels; i++) y[i] = x[input.Layout.OffsetOf(i)];
        }
    }
}
