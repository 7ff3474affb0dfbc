using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Scheduling;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>An algorithm for the forward pass of a convolution.</summary>
internal abstract unsafe class ForwardConvolution : IDisposable
{
    /// <summary>Parts of <see cref="Prepare"/>.</summary>
    internal virtual int PrepareParts => 0;

    /// <summary>Preferred number of samples at a time.</summary>
    internal virtual int PreferredSamples => 1;

    /// <summary>Number of weights that it rereads for every few samples.</summary>
    internal virtual long ResidentFloats => 0;

    /// <summary>Fixes strides, once activations are allocated.</summary>
    internal virtual void Allocate() { }

    /// <summary>Does one part of what the step's packed weights need before the first <see cref="Run"/>.</summary>
    internal virtual void Prepare(float* weights, int part) { }

    /// <summary>Runs some samples.</summary>
    internal abstract void Run(SampleRange range, float* weights, ChannelOutput finish);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
