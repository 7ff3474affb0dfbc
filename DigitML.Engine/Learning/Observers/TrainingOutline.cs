using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>The run that is about to start.</summary>
/// <param name="Network">The network.</param>
/// <param name="Plan">Its training plan.</param>
/// <param name="TrainingRows">Number of training rows.</param>
/// <param name="ValidationRows">Number of validation rows; 0 without validation.</param>
/// <param name="StepsPerEpoch">Minibatches per epoch.</param>
/// <param name="History">The epochs already done, if the run resumes from a checkpoint; otherwise empty.</param>
public sealed record TrainingOutline(
    Network Network, TrainingPlan Plan, int TrainingRows, int ValidationRows, int StepsPerEpoch, IReadOnlyList<EpochReport> History);
