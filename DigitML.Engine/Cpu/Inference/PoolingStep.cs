using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Max- or average-pooling.</summary>
internal sealed unsafe class PoolingStep<TVector, TSimd>(BufferPlan input, BufferPlan output, PoolingGeometry geometry, bool isMax) : InferenceStep
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    internal override void Run(Workspace workspace, int count)
    {
        int vectors = input.PaddedChannels / TSimd.Lanes;
        for (int n = 0; n < count; n++)
        {
            float* x = workspace.Values(input, n), y = workspace.Values(output, n);
            if (isMax) Pooling<TVector, TSimd>.Max(x, input.Layout, y, output.Layout, geometry, vectors);
            else Pooling<TVector, TSimd>.Average(x, input.Layout, y, output.Layout, geometry, vectors);
        }
    }
}
