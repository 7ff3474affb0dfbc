namespace DigitML.Engine.Learning;

/// <summary>Which epoch is the best one.</summary>
internal static class BestEpoch
{
    /// <summary>True if the plan asks for the best epoch's weights.</summary>
    internal static bool IsKept(TrainingPlan plan) => plan.KeepBestEpoch || plan.EarlyStopping is { RestoreBestWeights: true };

    /// <summary>
    /// The best epoch, from 1: that of early stopping if it restores weights (0 while it has monitored none); otherwise the one with the highest
    /// validation accuracy, on a tie the lower validation loss, then the earlier epoch; the last one without validation.
    /// </summary>
    internal static int Of(IReadOnlyList<EpochReport> history, TrainingPlan plan)
    {
        if (plan.EarlyStopping is { RestoreBestWeights: true } stopping) return stopping.Judge(history).BestEpoch;
        int best = history.Count;
        for (int epoch = history.Count - 1; epoch >= 1; epoch--)
        {
            if (IsAtLeastAsGood(history[epoch - 1], history[best - 1])) best = epoch;
        }

        return best;
    }

    private static bool IsAtLeastAsGood(EpochReport earlier, EpochReport later) =>
        earlier.ValidationAccuracy > later.ValidationAccuracy ||
        (earlier.ValidationAccuracy == later.ValidationAccuracy && earlier.ValidationLoss <= later.ValidationLoss);
}
