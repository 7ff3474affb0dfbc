using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>What is about to run.</summary>
/// <param name="Network">The network.</param>
/// <param name="Plan">How it learns.</param>
/// <param name="TrainingRows">Rows it learns from.</param>
/// <param name="ValidationRows">Rows it is validated on; 0 without validation.</param>
/// <param name="StepsPerEpoch">Minibatches of an epoch.</param>
/// <param name="History">The epochs already done, where the run goes on from a checkpoint; otherwise empty.</param>
public sealed record TrainingOutline(
    Network Network, TrainingPlan Plan, int TrainingRows, int ValidationRows, int StepsPerEpoch, IReadOnlyList<EpochReport> History);
