using System.Text.Json.Serialization;

namespace DigitML.Engine.Learning;

/// <summary>
/// The learning rate of every step, determined only by the step's position and the epochs before it, so that a resumed run continues exactly. Immutable.
/// Derive a record to write your own: <see cref="Trainer.Fit"/> accepts it, but a recipe, which is JSON, can hold only those of this library.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Constant), nameof(Constant))]
[JsonDerivedType(typeof(Step), nameof(Step))]
[JsonDerivedType(typeof(MultiStep), nameof(MultiStep))]
[JsonDerivedType(typeof(Exponential), nameof(Exponential))]
[JsonDerivedType(typeof(InverseTime), nameof(InverseTime))]
[JsonDerivedType(typeof(Cosine), nameof(Cosine))]
[JsonDerivedType(typeof(OneCycle), nameof(OneCycle))]
[JsonDerivedType(typeof(ReduceOnPlateau), nameof(ReduceOnPlateau))]
public abstract record LearningRateSchedule
{
    /// <summary>
    /// Distinguishes this schedule from others: two of the same type with the same description give the same rates. A checkpoint of a run with your own
    /// schedule can be resumed only with the same type and description. By default a record lists its values, as in "Warmup { Rate = 0.1, Steps = 100 }";
    /// override this if a value is a list, whose items a record does not print.
    /// </summary>
    public virtual string Describe() => ToString();

    /// <summary>True if recipes can hold it.</summary>
    [JsonIgnore]
    internal bool IsBuiltIn => GetType().Assembly == typeof(LearningRateSchedule).Assembly;

    /// <summary>The learning rate of the step at <paramref name="position"/>.</summary>
    /// <param name="position">Which step.</param>
    /// <param name="history">The reports of the epochs before it, as <see cref="ReduceOnPlateau"/> uses them.</param>
    /// <returns>A learning rate, 0 or more and finite; the trainer rejects others.</returns>
    public abstract float RateAt(StepPosition position, IReadOnlyList<EpochReport> history);

    /// <summary>Checks every value.</summary>
    /// <exception cref="DigitMLException">A value is outside its range; the message names it as in JSON.</exception>
    public virtual void Validate() { }

    private protected static void CheckRate(string name, float rate)
    {
        if (!(rate > 0 && float.IsFinite(rate))) throw new DigitMLException($"learningRate.{name} is {rate:R}; a learning rate is greater than 0.");
    }

    private protected static void CheckFactor(string name, float factor)
    {
        if (factor is not (> 0 and < 1)) throw new DigitMLException($"learningRate.{name} is {factor:R}; it must be between 0 and 1.");
    }
}

/// <summary>The position of a step in a training run; everything counts from 0.</summary>
/// <param name="Epoch">Epochs before it.</param>
/// <param name="StepInEpoch">Steps of the same epoch before it.</param>
/// <param name="StepsPerEpoch">Steps per epoch.</param>
/// <param name="Epochs">Epochs of the plan.</param>
public readonly record struct StepPosition(int Epoch, int StepInEpoch, int StepsPerEpoch, int Epochs)
{
    /// <summary>Steps before it.</summary>
    public long Index => (long)Epoch * StepsPerEpoch + StepInEpoch;

    /// <summary>Steps of the whole plan.</summary>
    public long Total => (long)Epochs * StepsPerEpoch;
}
