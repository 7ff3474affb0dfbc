namespace DigitML.Engine.Learning;

/// <summary>rate · factor^floor(epoch / everyEpochs), the epoch counted from 0. PyTorch's StepLR.</summary>
/// <param name="Rate">Learning rate of the first epochs.</param>
/// <param name="Factor">Factor on the rate, between 0 and 1.</param>
/// <param name="EveryEpochs">Epochs between two multiplications, 1 or more.</param>
public sealed record Step(float Rate, float Factor, int EveryEpochs) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history) =>
        (float)(Rate * Math.Pow(Factor, position.Epoch / EveryEpochs));

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckRate("rate", Rate);
        CheckFactor("factor", Factor);
        if (EveryEpochs < 1) throw new DigitMLException($"learningRate.everyEpochs is {EveryEpochs}; it must be at least 1.");
    }
}
