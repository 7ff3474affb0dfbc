using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>
/// Cross-correlates an image with <paramref name="Filters"/> kernels: y[o, i, j] = b[o] + Σ w[o, c, ky, kx] · x[c, i·s + ky − top, j·s + kx − left].
/// Input H x W x C, output OH x OW x Filters; weight OIHW.
/// </summary>
/// <param name="Filters">Output channels, 1 or more.</param>
/// <param name="KernelSize">Rows and columns of a kernel.</param>
/// <param name="Padding">The padding at the border.</param>
/// <param name="Stride">Step between windows; an unset (0) stride means 1.</param>
/// <param name="UseBias">True if a bias is added to each output channel.</param>
public sealed record Conv2D(int Filters, Size2D KernelSize, Padding Padding = default, Size2D Stride = default, bool UseBias = true) : Layer
{
    /// <summary>Step between windows, 1 unless set.</summary>
    public Size2D Stride { get; init; } = Stride == default ? 1 : Stride;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "conv2d";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (Filters < 1) throw new DigitMLException($"Conv2D has {Filters} filters; it needs at least 1.");
        return SlidingWindow.OutputShape(nameof(Conv2D), input, KernelSize, Stride, Padding, Filters);
    }

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSpec> Parameters(Shape input)
    {
        var weight = new ParameterSpec("weight", ParameterRole.Weight, [Filters, input.Channels, KernelSize.Height, KernelSize.Width]);
        return UseBias ? [weight, new ParameterSpec("bias", ParameterRole.Bias, [Filters])] : [weight];
    }

    /// <inheritdoc/>
    public override TResult Accept<TArgument, TResult>(ILayerVisitor<TArgument, TResult> visitor, TArgument argument) => visitor.Visit(this, argument);
}
