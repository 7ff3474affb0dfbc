using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>An algorithm for the forward pass of a convolution.</summary>
internal abstract unsafe class ForwardConvolution<TVector, TSimd> : IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>Fixes strides, once activations are allocated.</summary>
    internal virtual void Allocate() { }

    /// <summary>Takes the step's packed weights.</summary>
    internal abstract void Prepare(float* weights);

    /// <summary>Runs some samples.</summary>
    internal abstract void Run(SampleRange range, ForwardEpilogue<TVector, TSimd> epilogue);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
