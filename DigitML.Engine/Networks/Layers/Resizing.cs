using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>
/// Scales each image to another size by bilinear interpolation between the centres of pixels, as Keras's layer of that name and ONNX's Resize ("linear", "half_pixel") do. Only the
/// first layer of a network.
/// </summary>
/// <param name="Height">Rows of the result, 1 or more.</param>
/// <param name="Width">Columns of the result, 1 or more.</param>
public sealed record Resizing(int Height, int Width) : Layer
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "resizing";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (Height < 1 || Width < 1) throw new DigitMLException($"Resizing has a size of {Height}x{Width}; its sides must be at least 1.");
        return !input.IsVector ? Shape.Image(Height, Width, input.Channels) : throw new DigitMLException(
            $"Resizing needs an image but gets a vector of {input.Channels} features; place it before Flatten.");
    }

    /// <inheritdoc/>
    public override TResult Accept<TArgument, TResult>(ILayerVisitor<TArgument, TResult> visitor, TArgument argument) => visitor.Visit(this, argument);
}
