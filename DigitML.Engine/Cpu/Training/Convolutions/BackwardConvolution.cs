using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>An algorithm for the two gradients of a convolution.</summary>
internal abstract unsafe class BackwardConvolution<TVector, TSimd> : IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>Fixes strides, once activations are allocated.</summary>
    internal virtual void Allocate() { }

    /// <summary>Takes the step's mirrored weights.</summary>
    internal abstract void Prepare(float* mirroredWeights);

    /// <summary>Adds the weight gradient of some samples to their slot's packed sums, which are whole when the slot's last samples are done.</summary>
    internal abstract void AddWeightGradient(SampleRange range, float* sums);

    /// <summary>Writes the input gradient of some samples.</summary>
    internal abstract void InputGradient(SampleRange range);

    /// <summary>Both gradients, where nothing has to happen between them.</summary>
    internal virtual void BothGradients(SampleRange range, float* sums)
    {
        AddWeightGradient(range, sums);
        InputGradient(range);
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>What turns a sample's input gradient into the gradient of what produced the input.</summary>
    protected static GradientEpilogue<TVector, TSimd> EpilogueOf(Activation input, BatchNormOperation<TVector, TSimd>? norm, int sample) => new(
        input.ValuesOf(sample), input.Values.RowStride, input.Values.PixelStride, input.IsRectified,
        norm is null ? null : norm.DzFactor, norm is null ? null : norm.InputFactor, norm is null ? null : norm.Constant);
}
