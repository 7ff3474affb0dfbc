using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>Fully connected: y[o] = b[o] + Σ w[o, i] · x[i]. Input and output are vectors; weight [Units, features].</summary>
/// <param name="Units">Output features, 1 or more.</param>
/// <param name="UseBias">True if a bias is added.</param>
public sealed record Dense(int Units, bool UseBias = true) : Layer
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "dense";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (!input.IsVector) throw new DigitMLException($"Dense needs a vector but gets an image of {input}; place Flatten before it.");
        if (Units < 1) throw new DigitMLException($"Dense has {Units} units; it needs at least 1.");
        return Shape.Vector(Units);
    }

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSpec> Parameters(Shape input)
    {
        var weight = new ParameterSpec("weight", ParameterRole.Weight, [Units, input.Channels]);
        return UseBias ? [weight, new ParameterSpec("bias", ParameterRole.Bias, [Units])] : [weight];
    }

    /// <inheritdoc/>
    public override TResult Accept<TArgument, TResult>(ILayerVisitor<TArgument, TResult> visitor, TArgument argument) => visitor.Visit(this, argument);
}
