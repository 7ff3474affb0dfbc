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
