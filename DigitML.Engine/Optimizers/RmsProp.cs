using System.Text.Json.Serialization;

namespace DigitML.Engine.Optimizers;

/// <summary>v ← ρ·v + (1 − ρ)·g², w ← w − lr · g / (sqrt(v) + ε). Hinton's lecture 6e; the defaults are Keras's. Slot: v.</summary>
/// <param name="Rho">Decay of the mean square.</param>
/// <param name="Epsilon">Added to the square root.</param>
/// <param name="WeightDecay">Decoupled weight decay.</param>
public sealed record RmsProp(float Rho = 0.9f, float Epsilon = 1e-7f, float WeightDecay = 0) : Optimizer(WeightDecay)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int SlotCount => 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        CheckDecay("rho", Rho);
        CheckEpsilon(Epsilon);
    }
}
