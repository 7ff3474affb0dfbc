namespace DigitML.Engine.Learning;

/// <summary>
/// Multiplies the rate when a metric has not improved for some epochs. Every option means the same as in Keras's ReduceLROnPlateau.
/// </summary>
/// <param name="Rate">Learning rate at the start.</param>
/// <param name="Factor">Factor on the rate, between 0 and 1.</param>
/// <param name="Patience">Epochs without improvement after which the rate is reduced.</param>
/// <param name="MinDelta">Only a change of more than this counts as an improvement.</param>
/// <param name="Cooldown">Epochs after a reduction that do not count towards the patience.</param>
/// <param name="MinRate">The rate never falls below this.</param>
/// <param name="Monitor">The metric to monitor.</param>
public sealed record ReduceOnPlateau(
    float Rate, float Factor = 0.1f, int Patience = 10, double MinDelta = 1e-4, int Cooldown = 0, float MinRate = 0,
    MonitoredMetric Monitor = MonitoredMetric.ValLoss) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history)
    {
        float rate = Rate;
        double? best = null;
        int wait = 0, cooldownLeft = 0;
        for (int i = 0; i < history.Count; i++)
        {
            if (Monitor.Of(history[i]) is not double value) continue;
            if (cooldownLeft > 0)
            {
                cooldownLeft--;
                wait = 0;
            }

            if (Monitor.IsImprovement(value, best, MinDelta))
            {
                best = value;
                wait = 0;
            }
            else if (cooldownLeft == 0 && ++wait >= Patience && rate > MinRate)
            {
                rate = Math.Max(rate * Factor, MinRate);
                cooldownLeft = Cooldown;
                wait = 0;
            }
        }

        return rate;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckRate("rate", Rate);
        CheckFactor("factor", Factor);
        if (Patience < 0) throw new DigitMLException($"learningRate.patience is {Patience}; it must be 0 or more.");
        if (!(MinDelta >= 0)) throw new DigitMLException($"learningRate.minDelta is {MinDelta:R}; it must be 0 or more.");
        if (Cooldown < 0) throw new DigitMLException($"learningRate.cooldown is {Cooldown}; it must be 0 or more.");
        if (!(MinRate >= 0 && MinRate <= Rate))
        {
            throw new DigitMLException($"learningRate.minRate is {MinRate:R}; it must be from 0 to the rate, {Rate:R}.");
        }
    }
}
