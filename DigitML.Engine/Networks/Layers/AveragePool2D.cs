using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>Averages each window, channel by channel.</summary>
/// <param name="PoolSize">Rows and columns of the window.</param>
/// <param name="Stride">Step between windows; an unset (0) stride means the window's size.</param>
/// <param name="Padding">The padding at the border; padded positions are left out of the mean.</param>
public sealed record AveragePool2D(Size2D PoolSize, Size2D Stride = default, Padding Padding = default) : Layer
{
    /// <summary>Step between windows, the window's size unless set.</summary>
    public Size2D Stride { get; init; } = Stride == default ? PoolSize : Stride;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "average_pooling2d";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        SlidingWindow.PoolOutputShape(nameof(AveragePool2D), input, PoolSize, Stride, Padding);

    /// <inheritdoc/>
    public override TResult Accept<TArgument, TResult>(ILayerVisitor<TArgument, TResult> visitor, TArgument argument) => visitor.Visit(this, argument);
}
