using DigitML.Engine.Cpu.Scheduling;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>An algorithm for the two gradients of a convolution.</summary>
internal abstract unsafe class BackwardConvolution : IDisposable
{
    /// <summary>Parts of <see cref="Prepare"/>.</summary>
    internal virtual int PrepareParts => 0;

    /// <summary>The step's mirrored weights.</summary>
    internal float* MirroredWeights { get; set; }

    /// <summary>Allocates buffers and fixes strides, once activations are allocated.</summary>
    internal virtual void Allocate(int batchSize) { }

    /// <summary>Does one part of what the mirrored weights need before the first gradient.</summary>
    internal virtual void Prepare(int part) { }

    /// <summary>Adds the phases that give the weight gradient alone.</summary>
    internal abstract void AddWeightGradient(Schedule schedule);

    /// <summary>Adds the phases that give both.</summary>
    internal abstract void AddBothGradients(Schedule schedule);

    /// <summary>Writes the weight gradient of the whole minibatch, in the packed layout.</summary>
    internal abstract void ReduceWeightGradient(int activeSlots, float* gradient);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
