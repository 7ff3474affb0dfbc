using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>Turns an image into a vector in channel, row, column order (as ONNX and PyTorch do).</summary>
public sealed record Flatten : Layer
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "flatten";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Shape.Vector(input.Size);

    /// <inheritdoc/>
    public override TResult Accept<TArgument, TResult>(ILayerVisitor<TArgument, TResult> visitor, TArgument argument) => visitor.Visit(this, argument);
}
