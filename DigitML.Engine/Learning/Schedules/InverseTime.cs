namespace DigitML.Engine.Learning;

/// <summary>
/// rate / (1 + decay · epoch), the epoch counted from 0; with <paramref name="DecaySteps"/> rate / (1 + decay · step / decaySteps), which is Keras's
/// InverseTimeDecay.
/// </summary>
/// <param name="Rate">Learning rate of the first epoch.</param>
/// <param name="Decay">How fast it falls, greater than 0.</param>
/// <param name="DecaySteps">Number of steps that take the place of an epoch, so that the rate falls with every step and does not depend on the steps per epoch;
/// null to use whole epochs.</param>
public sealed record InverseTime(float Rate, float Decay, int? DecaySteps = null) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history)
    {
        double time = DecaySteps is { } steps ? (double)position.Index / steps : position.Epoch;
        return (float)(Rate / (1 + Decay * time));
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckRate("rate", Rate);
        if (!(Decay > 0 && float.IsFinite(Decay))) throw new DigitMLException($"learningRate.decay is {Decay:R}; it must be greater than 0.");
        if (DecaySteps is <= 0) throw new DigitMLException($"learningRate.decaySteps is {DecaySteps}; it must be 1 or more.");
    }
}
