using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>A ReLU that is not fused into another step; works in place.</summary>
internal sealed unsafe class ReluStep<TVector, TSimd>(BufferPlan values) : InferenceStep(values, values)
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    internal override void Run(Workspace workspace, int first, int count)
    {
        for (int n = first; n < first + count; n++)
        {
            Elementwise<TVector, TSimd>.Rectify(workspace.Values(Output, n), Output.Layout, Output.PaddedChannels / TSimd.Lanes);
        }
    }
}
