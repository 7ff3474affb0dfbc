namespace DigitML.Engine.Learning;

/// <summary>The same learning rate from start to end.</summary>
/// <param name="Rate">The learning rate.</param>
public sealed record Constant(float Rate) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history) => Rate;

    /// <inheritdoc/>
    public override void Validate() => CheckRate("rate", Rate);
}
