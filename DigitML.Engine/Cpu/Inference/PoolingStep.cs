using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Max- or average-pooling.</summary>
internal sealed unsafe class PoolingStep<TVector, TSimd>(BufferPlan input, BufferPlan output, PoolingGeometry geometry, bool isMax) : InferenceStep(input, output)
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    internal override void Run(Workspace workspace, int first, int count)
    {
        int vectors = Input.PaddedChannels / TSimd.Lanes;
        for (int n = first; n < first + count; n++)
        {
            float* x = workspace.Values(Input, n), y = workspace.Values(Output, n);
            if (isMax) Pooling<TVector, TSimd>.Max(x, Input.Layout, y, Output.Layout, geometry, vectors);
            else Pooling<TVector, TSimd>.Average(x, Input.Layout, y, Output.Layout, geometry, vectors);
        }
    }
}
