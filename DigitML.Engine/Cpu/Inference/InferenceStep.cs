using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>One or more layers compiled for prediction. Runs change only the workspace, so many threads run one step at once.</summary>
internal abstract class InferenceStep : IDisposable
{
    /// <summary>Takes the weights it needs.</summary>
    internal virtual void Load(NetworkWeights weights) { }

    /// <summary>Runs the first <paramref name="count"/> samples of a workspace.</summary>
    internal abstract void Run(Workspace workspace, int count);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

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

/// <summary>Batch norm that no convolution takes in, in place.</summary>
internal sealed unsafe class BatchNormStep<TVector, TSimd>(BatchNorm layer, int layerIndex, BufferPlan values) : InferenceStep
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly NativeBuffer map = new(2L * values.PaddedChannels);

    internal override void Load(NetworkWeights weights)
    {
        ChannelMap channels = ChannelMap.Of(layer, weights, layerIndex);
        for (int c = 0; c < channels.Scale.Length; c++)
        {
            map.Pointer[c] = (float)channels.Scale[c];
            map.Pointer[values.PaddedChannels + c] = (float)channels.Offset[c];
        }
    }

    internal override void Run(Workspace workspace, int count)
    {
        for (int n = 0; n < count; n++)
        {
            float* x = workspace.Values(values, n);
            ChannelAffine<TVector, TSimd>.Apply(
                x, values.Layout, x, values.Layout, values.PaddedChannels / TSimd.Lanes, map.Pointer, map.Pointer + values.PaddedChannels, rectify: false);
        }
    }

    public override void Dispose()
    {
        map.Dispose();
        base.Dispose();
    }
}
