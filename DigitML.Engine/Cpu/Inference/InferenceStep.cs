using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>One or more layers compiled for prediction. Runs change only the workspace, so many threads run one step at once.</summary>
internal abstract class InferenceStep(BufferPlan input, BufferPlan output) : IDisposable
{
    /// <summary>Its input.</summary>
    internal BufferPlan Input { get; } = input;

    /// <summary>Its output; the same as the input where it works in place.</summary>
    internal BufferPlan Output { get; } = output;

    /// <summary>Samples that it takes at a time where it can choose.</summary>
    internal virtual int PreferredSamples => 1;

    /// <summary>Floats of weights that it reads again for every few samples.</summary>
    internal virtual long ResidentFloats => 0;

    /// <summary>Loads the weights it needs.</summary>
    internal virtual void Load(NetworkWeights weights) { }

    /// <summary>Runs <paramref name="count"/> samples of a workspace from <paramref name="first"/> on.</summary>
    internal abstract void Run(Workspace workspace, int first, int count);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
