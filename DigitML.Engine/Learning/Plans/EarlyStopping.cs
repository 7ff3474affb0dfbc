namespace DigitML.Engine.Learning;

/// <summary>Stops training when a metric no longer improves. Every option means the same as in Keras's EarlyStopping.</summary>
/// <param name="Monitor">The metric to monitor.</param>
/// <param name="MinDelta">Only a change of more than this counts as an improvement.</param>
/// <param name="Patience">Epochs without improvement after which training stops.</param>
/// <param name="RestoreBestWeights">True if the result has the weights of the best epoch; otherwise it has those of the last one.</param>
/// <param name="StartFromEpoch">Number of epochs at the start that are not monitored.</param>
public sealed record EarlyStopping(
    MonitoredMetric Monitor = MonitoredMetric.ValLoss, double MinDelta = 0, int Patience = 0, bool RestoreBestWeights = false, int StartFromEpoch = 0)
{
    /// <summary>Checks every value.</summary>
    /// <exception cref="DigitMLException">A value is outside its range; the message names it as in JSON.</exception>
    public void Validate()
    {
        if (!(MinDelta >= 0)) throw new DigitMLException($"earlyStopping.minDelta is {MinDelta:R}; it must be 0 or more.");
        if (Patience < 0) throw new DigitMLException($"earlyStopping.patience is {Patience}; it must be 0 or more.");
        if (StartFromEpoch < 0) throw new DigitMLException($"earlyStopping.startFromEpoch is {StartFromEpoch}; it must be 0 or more.");
    }

    /// <summary>Decides whether to stop after the epochs so far, and which of them is the best, counted from 1 (0 if none was monitored).</summary>
    internal (bool Stop, int BestEpoch) Judge(IReadOnlyList<EpochReport> history)
    {
        double? best = null;
        int wait = 0, bestEpoch = 0;
        bool stop = false;
        for (int epoch = StartFromEpoch; epoch < history.Count; epoch++)
        {
            if (Monitor.Of(history[epoch]) is not double value) continue;
            wait++;
            if (Monitor.IsImprovement(value, best, MinDelta))
            {
                best = value;
                bestEpoch = epoch + 1;
                wait = 0;
            }
            else if (wait >= Patience)
            {
                stop = true;
            }
        }

        return (stop, bestEpoch);
    }
}
