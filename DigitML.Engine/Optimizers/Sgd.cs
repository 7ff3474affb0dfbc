using System.Text.Json.Serialization;

namespace DigitML.Engine.Optimizers;

/// <summary>u ← momentum · u + g, w ← w − lr · (Nesterov ? g + momentum · u : u). PyTorch's form. Slot: u, if momentum is not 0.</summary>
/// <param name="Momentum">Share of the velocity kept, from 0 up to but not including 1.</param>
/// <param name="Nesterov">True for Nesterov momentum, which looks ahead.</param>
/// <param name="WeightDecay">Decoupled weight decay.</param>
public sealed record Sgd(float Momentum = 0, bool Nesterov = false, float WeightDecay = 0) : Optimizer(WeightDecay)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int SlotCount => Momentum == 0 ? 0 : 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        CheckDecay("momentum", Momentum);
    }
}
