using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>Rectifies: y = max(0, x); the gradient at 0 is 0.</summary>
public sealed record ReLU : Layer
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "re_lu";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;

    /// <inheritdoc/>
    public override TResult Accept<TArgument, TResult>(ILayerVisitor<TArgument, TResult> visitor, TArgument argument) => visitor.Visit(this, argument);
}
