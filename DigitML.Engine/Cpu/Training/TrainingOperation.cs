using DigitML.Engine.Cpu.Scheduling;

namespace DigitML.Engine.Cpu.Training;

/// <summary>One or more layers compiled for training.</summary>
internal abstract class TrainingOperation : IDisposable
{
    /// <summary>True if <see cref="ReduceGradients"/> has anything to do.</summary>
    internal virtual bool HasGradients => false;

    /// <summary>Gradients of its parameters that are computed in the optimizer's step; known once buffers are allocated.</summary>
    internal virtual IEnumerable<DeferredGradient> DeferredGradients => [];

    /// <summary>Allocates buffers, once the layers around it have requested what they need and parameters have their places.</summary>
    internal virtual void Allocate(int batchSize) { }

    /// <summary>Adds its part of the forward pass.</summary>
    internal abstract void AddForward(Schedule schedule);

    /// <summary>Adds its part of the backward pass.</summary>
    internal abstract void AddBackward(Schedule schedule);

    /// <summary>Adds up the partial sums of its parameters' gradients, at the end of the backward pass.</summary>
    internal virtual void ReduceGradients(int activeSlots) { }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
