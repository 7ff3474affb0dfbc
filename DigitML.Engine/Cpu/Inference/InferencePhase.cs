namespace DigitML.Engine.Cpu.Inference;

/// <summary>Steps through which a thread takes a few samples at a time, so that their values and the steps' weights stay in its cache together.</summary>
internal sealed class InferencePhase
{
    /// <summary>Samples that one thread takes through all phases between two dense layers.</summary>
    internal const int SamplesPerPart = 8;

    // Weights that stay in an L2 cache of 2 MB beside the samples that pass over them.
    private const long CachedFloats = 200 * 1024;

    private readonly List<InferenceStep> steps = [];
    private long residentFloats;

    /// <summary>Samples at a time: 1, 2, 4 or 8.</summary>
    internal int SamplesAtATime { get; private set; } = 1;

    /// <summary>True if a step's weights fit beside those of the steps so far.</summary>
    internal bool HasRoomFor(InferenceStep step) => steps.Count == 0 || residentFloats + step.ResidentFloats <= CachedFloats;

    /// <summary>Adds a step at the end.</summary>
    internal void Add(InferenceStep step)
    {
        steps.Add(step);
        residentFloats += step.ResidentFloats;
        while (2 * SamplesAtATime <= Math.Min(step.PreferredSamples, SamplesPerPart)) SamplesAtATime *= 2;
        step.Input.UseIn(this);
        step.Output.UseIn(this);
    }

    /// <summary>Takes the first <paramref name="count"/> samples of a workspace through all steps.</summary>
    internal void Run(Workspace workspace, int count)
    {
        for (int first = 0; first < count; first += SamplesAtATime)
        {
            int samples = Math.Min(SamplesAtATime, count - first);
            foreach (InferenceStep step in steps) step.Run(workspace, first, samples);
        }
    }
}
