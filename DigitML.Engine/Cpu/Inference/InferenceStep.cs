using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>One or more layers compiled for prediction. A run changes only the workspace, so many threads can run one step at once.</summary>
internal abstract class InferenceStep(BufferPlan input, BufferPlan output) : IDisposable
{
    /// <summary>Its input.</summary>
    internal BufferPlan Input { get; } = input;

    /// <summary>Its output; the same as the input if it works in place.</summary>
    internal BufferPlan Output { get; } = output;

    /// <summary>Preferred number of samples at a time.</summary>
    internal virtual int PreferredSamples => 1;

    /// <summary>Number of weights that it rereads for every few samples.</summary>
    internal virtual long ResidentFloats => 0;

    /// <summary>Loads the weights it needs.</summary>
    internal virtual void Load(NetworkWeights weights) { }

    /// <summary>Runs <paramref name="count"/> samples of a workspace from <paramref name="first"/> on.</summary>
    internal abstract void Run(Workspace workspace, int first, int count);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
