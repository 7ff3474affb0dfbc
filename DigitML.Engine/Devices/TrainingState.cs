using System.Collections.Immutable;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Devices;

/// <summary>Everything a training program keeps from step to step, in the layouts of the network: the content of a checkpoint.</summary>
public sealed class TrainingState
{
    /// <summary>A state of the right sizes, all zeros, at step 0.</summary>
    public TrainingState(Network network, TrainingProgramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Weights = new NetworkWeights(network);
        OptimizerSlots = [.. Enumerable.Range(0, options.Optimizer.SlotCount).Select(_ => new NetworkWeights(network))];
        AveragedWeights = options.AveragingDecay is null ? null : new NetworkWeights(network);
    }

    /// <summary>Parameters and running statistics.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>One set of values per optimizer slot.</summary>
    public ImmutableArray<NetworkWeights> OptimizerSlots { get; }

    /// <summary>The averaged weights (and running statistics); null if none are kept.</summary>
    public NetworkWeights? AveragedWeights { get; }

    /// <summary>Steps done so far.</summary>
    public long Step { get; set; }
}
