using System.Text.Json.Serialization;

namespace DigitML.Engine.Optimizers;

/// <summary>
/// m ← β1·m + (1 − β1)·g, v ← β2·v + (1 − β2)·g², w ← w − lr · (m / (1 − β1^t)) / (sqrt(v / (1 − β2^t)) + ε), t counted from 1.
/// Kingma and Ba 2015. Slots: m, v.
/// </summary>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the square root.</param>
/// <param name="WeightDecay">Decoupled weight decay.</param>
public sealed record Adam(float Beta1 = 0.9f, float Beta2 = 0.999f, float Epsilon = 1e-7f, float WeightDecay = 0) : Optimizer(WeightDecay)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int SlotCount => 2;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        CheckDecay("beta1", Beta1);
        CheckDecay("beta2", Beta2);
        CheckEpsilon(Epsilon);
    }
}
