using System.Collections.Immutable;

namespace DigitML.Engine.Learning;

/// <summary>The rate is multiplied after each of the listed numbers of epochs. PyTorch's MultiStepLR.</summary>
/// <param name="Rate">Learning rate of the first epochs.</param>
/// <param name="Factor">Factor on the rate, between 0 and 1.</param>
/// <param name="AfterEpochs">Numbers of finished epochs, increasing, each 1 or more: [10, 15] changes the rate from the 11th epoch on and again from
/// the 16th on.</param>
public sealed record MultiStep(float Rate, float Factor, ImmutableArray<int> AfterEpochs) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history)
    {
        int passed = 0;
        foreach (int epochs in AfterEpochs)
        {
            if (epochs <= position.Epoch) passed++;
        }

        return (float)(Rate * Math.Pow(Factor, passed));
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckRate("rate", Rate);
        CheckFactor("factor", Factor);
        if (AfterEpochs.IsDefaultOrEmpty) throw new DigitMLException("learningRate.afterEpochs is empty; list at least one number of epochs.");
        for (int i = 0; i < AfterEpochs.Length; i++)
        {
            if (AfterEpochs[i] < 1 || (i > 0 && AfterEpochs[i] <= AfterEpochs[i - 1]))
            {
                throw new DigitMLException($"learningRate.afterEpochs is [{string.Join(", ", AfterEpochs)}]; the numbers must be at least 1 and increasing.");
            }
        }
    }

    /// <summary>True if all values are equal.</summary>
    public bool Equals(MultiStep? other) =>
        other is not null && Rate == other.Rate && Factor == other.Factor && AfterEpochs.AsSpan().SequenceEqual(other.AfterEpochs.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rate, Factor, AfterEpochs.IsDefault ? 0 : AfterEpochs.Length);
}
