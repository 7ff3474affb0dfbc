using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>The result of a training run.</summary>
/// <param name="Weights">The weights: of the best epoch if the plan asks for it, otherwise of the last finished one; averaged if the plan
/// averages.</param>
/// <param name="History">All finished epochs, including those before a resume.</param>
/// <param name="BestEpoch">The best finished epoch, from 1, by the plan's early stopping or else by validation; the last one without validation;
/// 0 if no epoch finished.</param>
/// <param name="WeightsEpoch">The epoch that <paramref name="Weights"/> are from, from 1; 0 for the initial weights, if no epoch finished.</param>
/// <param name="StopReason">Why it ended.</param>
/// <param name="Seconds">Wall-clock time of this call.</param>
public sealed record TrainingResult(
    NetworkWeights Weights, IReadOnlyList<EpochReport> History, int BestEpoch, int WeightsEpoch, StopReason StopReason, double Seconds);

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>The plan's <see cref="EarlyStopping"/> ended it.</summary>
    EarlyStopped,

    /// <summary>It was cancelled; the epoch under way is lost.</summary>
    Cancelled,
}
