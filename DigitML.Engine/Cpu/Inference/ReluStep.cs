using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>A rectifier that no other step takes in, in place.</summary>
internal sealed unsafe class ReluStep<TVector, TSimd>(BufferPlan values) : InferenceStep
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    internal override void Run(Workspace workspace, int count)
    {
        for (int n = 0; n < count; n++)
        {
            Elementwise<TVector, TSimd>.Rectify(workspace.Values(values, n), values.Layout, values.PaddedChannels / TSimd.Lanes);
        }
    }
}
