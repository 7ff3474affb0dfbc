using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>Averages each channel over the whole image; the output is a vector of the channels.</summary>
public sealed record GlobalAveragePool2D : Layer
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "global_average_pooling2d";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.IsVector
        ? throw new DigitMLException($"GlobalAveragePool2D needs an image but gets a vector of {input.Channels} features; place it before Flatten.")
        : Shape.Vector(input.Channels);

    /// <inheritdoc/>
    public override TResult Accept<TArgument, TResult>(ILayerVisitor<TArgument, TResult> visitor, TArgument argument) => visitor.Visit(this, argument);
}
