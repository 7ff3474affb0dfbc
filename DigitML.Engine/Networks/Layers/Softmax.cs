using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>Turns logits into scores that sum to 1: y[k] = exp(x[k]) / Σ exp(x[j]). Can only be the last layer of a network; training fuses it with the loss.</summary>
public sealed record Softmax : Layer
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "softmax";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.IsVector
        ? input
        : throw new DigitMLException($"Softmax needs a vector but gets an image of {input}; place Flatten or GlobalAveragePool2D before it.");

    /// <inheritdoc/>
    public override TResult Accept<TArgument, TResult>(ILayerVisitor<TArgument, TResult> visitor, TArgument argument) => visitor.Visit(this, argument);
}
