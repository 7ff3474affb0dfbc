namespace DigitML.Engine.Learning;

/// <summary>rate / (1 + decay · epoch), the epoch counted from 0. Keras's InverseTimeDecay, by whole epochs.</summary>
/// <param name="Rate">Learning rate of the first epoch.</param>
/// <param name="Decay">How fast it falls, greater than 0.</param>
public sealed record InverseTime(float Rate, float Decay) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history) => (float)(Rate / (1 + (double)Decay * position.Epoch));

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckRate("rate", Rate);
        if (!(Decay > 0 && float.IsFinite(Decay))) throw new DigitMLException($"learningRate.decay is {Decay:R}; it is greater than 0.");
    }
}
