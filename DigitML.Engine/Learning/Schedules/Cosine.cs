namespace DigitML.Engine.Learning;

/// <summary>
/// Falls from the rate to a floor along half a cosine, step by step: final + (rate − final) · (1 + cos(π · t)) / 2 with t = step / steps from 0
/// up to but not including 1 (Loshchilov and Hutter 2017, without restarts; PyTorch's CosineAnnealingLR). With a warm-up of w steps, warm-up
/// step i, counted from 0, has rate · (i + 1) / w, and the cosine covers the remaining steps.
/// </summary>
/// <param name="Rate">The highest learning rate.</param>
/// <param name="FinalRate">The floor, from 0 up to <paramref name="Rate"/>.</param>
/// <param name="WarmUpEpochs">Length of the linear warm-up in epochs, 0 for none; 0.5 is half an epoch.</param>
public sealed record Cosine(float Rate, float FinalRate = 0, float WarmUpEpochs = 0) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history)
    {
        long warmUp = Math.Min((long)Math.Round((double)WarmUpEpochs * position.StepsPerEpoch), position.Total);
        if (position.Index < warmUp) return (float)((double)Rate * (position.Index + 1) / warmUp);
        double t = (double)(position.Index - warmUp) / (position.Total - warmUp);
        return (float)(FinalRate + ((double)Rate - FinalRate) * (1 + Math.Cos(Math.PI * t)) / 2);
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckRate("rate", Rate);
        if (!(FinalRate >= 0 && FinalRate <= Rate))
        {
            throw new DigitMLException($"learningRate.finalRate is {FinalRate:R}; it must be from 0 to the rate, {Rate:R}.");
        }

        if (!(WarmUpEpochs >= 0 && float.IsFinite(WarmUpEpochs)))
        {
            throw new DigitMLException($"learningRate.warmUpEpochs is {WarmUpEpochs:R}; it must be 0 or more.");
        }
    }
}
