using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>The plan of the values between two layers: each <see cref="Workspace"/> holds a buffer for it.</summary>
internal sealed class BufferPlan(int index, Shape shape, int paddedChannels)
{
    private Margins margins;

    /// <summary>Its place in a workspace.</summary>
    internal int Index { get; } = index;

    /// <summary>The image or vector as it lies in memory.</summary>
    internal Shape Shape { get; } = shape;

    /// <summary>Floats of a pixel, padding included.</summary>
    internal int PaddedChannels { get; } = paddedChannels;

    /// <summary>Where values lie, after <see cref="LayOut"/>.</summary>
    internal ImageLayout Layout { get; private set; } = null!;

    /// <summary>Asks for zeros around the values.</summary>
    internal void RequireMargins(Margins required) => margins = required;

    /// <summary>Fixes the layout.</summary>
    internal void LayOut() => Layout = ImageLayout.Create(Shape.Height, Shape.Width, Shape.Channels, PaddedChannels, margins, 1);
}
