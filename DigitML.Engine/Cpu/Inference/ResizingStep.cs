using DigitML.Engine.Cpu.Kernels;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Scales the input images.</summary>
internal sealed unsafe class ResizingStep(BufferPlan input, BufferPlan output) : InferenceStep(input, output)
{
    private readonly BilinearScaling scaling = new(input.Shape, output.Shape);

    internal override void Run(Workspace workspace, int first, int count)
    {
        for (int n = first; n < first + count; n++) scaling.Run(workspace.Values(Input, n), Input.Layout, workspace.Values(Output, n), Output.Layout);
    }
}
