using System.Text.Json.Serialization;

namespace DigitML.Engine.Optimizers;

/// <summary>How a gradient g changes a parameter w at a learning rate lr. Immutable; a device runs it.</summary>
/// <param name="WeightDecay">Decoupled weight decay (Loshchilov and Hutter 2019): before the update, w ← w − lr · WeightDecay · w, on weights only
/// (not on biases or batch norm).</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Adam), nameof(Adam))]
[JsonDerivedType(typeof(RmsProp), nameof(RmsProp))]
[JsonDerivedType(typeof(Sgd), nameof(Sgd))]
public abstract record Optimizer(float WeightDecay = 0)
{
    /// <summary>Values the optimizer remembers for each parameter value.</summary>
    [JsonIgnore]
    public abstract int SlotCount { get; }
}
