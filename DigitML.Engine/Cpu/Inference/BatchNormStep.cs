using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>A batch norm that is not fused into another step; works in place.</summary>
internal sealed unsafe class BatchNormStep<TVector, TSimd>(int layerIndex, BufferPlan values) : InferenceStep(values, values)
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly NativeBuffer map = new(2L * values.PaddedChannels);

    internal override void Load(NetworkWeights weights)
    {
        FoldedBatchNorm channels = FoldedBatchNorm.Of(weights, layerIndex);
        for (int c = 0; c < Output.Shape.Channels; c++)
        {
            map.Pointer[c] = (float)channels.Factors[c];
            map.Pointer[Output.PaddedChannels + c] = (float)channels.Offsets[c];
        }
    }

    internal override void Run(Workspace workspace, int first, int count)
    {
        for (int n = first; n < first + count; n++)
        {
            float* x = workspace.Values(Output, n);
            ChannelAffine<TVector, TSimd>.Apply(
                x, Output.Layout, x, Output.Layout, Output.PaddedChannels / TSimd.Lanes, map.Pointer, map.Pointer + Output.PaddedChannels, rectify: false);
        }
    }

    public override void Dispose()
    {
        map.Dispose();
        base.Dispose();
    }
}
