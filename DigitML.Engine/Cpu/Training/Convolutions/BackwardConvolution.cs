using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>An algorithm for the two gradients of a convolution.</summary>
internal abstract unsafe class BackwardConvolution<TVector, TSimd> : IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>Parts of <see cref="Prepare"/>.</summary>
    internal virtual int PrepareParts => 0;

    /// <summary>The step's mirrored weights.</summary>
    internal float* MirroredWeights { get; set; }

    /// <summary>Makes buffers and fixes strides, once activations are allocated.</summary>
    internal virtual void Allocate(int batchSize) { }

    /// <summary>Does one part of what the mirrored weights need before the first gradient.</summary>
    internal virtual void Prepare(int part) { }

    /// <summary>Adds the phases that give the weight gradient.</summary>
    internal abstract void AddWeightGradient(Schedule schedule);

    /// <summary>Adds the phases that give the input gradient.</summary>
    internal abstract void AddInputGradient(Schedule schedule);

    /// <summary>Adds the phases that give both, where nothing has to happen between them.</summary>
    internal virtual void AddBothGradients(Schedule schedule)
    {
        AddWeightGradient(schedule);
        AddInputGradient(schedule);
    }

    /// <summary>Writes the weight gradient of the whole minibatch, in the packed layout.</summary>
    internal abstract void ReduceWeightGradient(int activeSlots, float* gradient);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>What turns a sample's input gradient into the gradient of what produced the input.</summary>
    protected static GradientEpilogue<TVector, TSimd> EpilogueOf(Activation input, BatchNormOperation<TVector, TSimd>? norm, int sample) => new(
        input.ValuesOf(sample), input.Values.RowStride, input.Values.PixelStride, input.IsRectified,
        norm is null ? null : norm.DzFactor, norm is null ? null : norm.InputFactor, norm is null ? null : norm.Constant);
}
