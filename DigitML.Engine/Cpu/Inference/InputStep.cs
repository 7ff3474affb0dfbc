namespace DigitML.Engine.Cpu.Inference;

/// <summary>Converts the caller's images, channel planes one after the other, to the layout that the first layer reads.</summary>
internal sealed unsafe class InputStep(BufferPlan values) : InferenceStep(values, values)
{
    internal override void Run(Workspace workspace, int first, int count)
    {
        int size = Output.Shape.Size;
        for (int n = first; n < first + count; n++)
        {
            Output.Layout.CopyFromPlanes(new ReadOnlySpan<float>(workspace.Images + n * (nint)size, size), workspace.Values(Output, n));
        }
    }
}
