using System.Text.Json.Serialization;

namespace DigitML.Engine.Optimizers;

/// <summary>How a gradient g changes a parameter w at a learning rate lr. Immutable; a device runs it.</summary>
/// <param name="WeightDecay">Decoupled weight decay (Loshchilov and Hutter 2019): before the update, w ← w − lr · WeightDecay · w, on weights only
/// (not on biases or batch norm).</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Adam), nameof(Adam))]
[JsonDerivedType(typeof(RmsProp), nameof(RmsProp))]
[JsonDerivedType(typeof(Sgd), nameof(Sgd))]
public abstract record Optimizer(float WeightDecay)
{
    /// <summary>Number of values the optimizer keeps per parameter value.</summary>
    [JsonIgnore]
    public abstract int SlotCount { get; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="DigitMLException">A value is outside its range; the message names it as in JSON.</exception>
    public virtual void Validate()
    {
        if (!(WeightDecay >= 0 && float.IsFinite(WeightDecay))) throw new DigitMLException($"optimizer.weightDecay is {WeightDecay:R}; it must be 0 or more.");
    }

    private protected static void CheckDecay(string name, float value)
    {
        if (value is not (>= 0 and < 1)) throw new DigitMLException($"optimizer.{name} is {value:R}; it must be from 0 up to but not including 1.");
    }

    private protected static void CheckEpsilon(float value)
    {
        if (!(value > 0 && float.IsFinite(value))) throw new DigitMLException($"optimizer.epsilon is {value:R}; it must be greater than 0.");
    }
}
