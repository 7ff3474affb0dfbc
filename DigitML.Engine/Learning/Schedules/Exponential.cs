namespace DigitML.Engine.Learning;

/// <summary>rate · decay^epoch, the epoch counted from 0. PyTorch's ExponentialLR.</summary>
/// <param name="Rate">Learning rate of the first epoch.</param>
/// <param name="Decay">Factor per epoch, between 0 and 1.</param>
public sealed record Exponential(float Rate, float Decay) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history) => (float)(Rate * Math.Pow(Decay, position.Epoch));

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckRate("rate", Rate);
        CheckFactor("decay", Decay);
    }
}
