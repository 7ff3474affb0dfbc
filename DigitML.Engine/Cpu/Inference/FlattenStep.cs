using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Copies an image into a vector in channel, row, column order.</summary>
internal sealed unsafe class FlattenStep(BufferPlan input, BufferPlan output) : InferenceStep(input, output)
{
    internal override void Run(Workspace workspace, int first, int count)
    {
        for (int n = first; n < first + count; n++)
        {
            float* x = workspace.Values(Input, n), y = workspace.Values(Output, n);
            for (int i = 0; i < Output.Shape.Channels; i++) y[i] = x[Input.Layout.OffsetOf(i)];
        }
    }
}
