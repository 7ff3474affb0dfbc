using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>The plan of a buffer for the values between two layers: its users determine how many samples are kept at a time, and so which cache they stay in.</summary>
internal sealed class BufferPlan(int index, Shape shape, int paddedChannels)
{
    private Margins margins;
    private InferencePhase? phase;

    /// <summary>Its place among a program's buffers.</summary>
    internal int Index { get; } = index;

    /// <summary>the image or vector as laid out in memory.</summary>
    internal Shape Shape { get; } = shape;

    /// <summary>Floats per pixel, including padding.</summary>
    internal int PaddedChannels { get; } = paddedChannels;

    /// <summary>Layout of the values, after <see cref="LayOut"/>.</summary>
    internal ImageLayout Layout { get; private set; } = null!;

    /// <summary>True if values of the whole batch are kept: a dense layer or the caller reads or writes them.</summary>
    internal bool SpansBatch { get; private set; }

    /// <summary>Number of samples that a thread keeps if those of the batch are not kept; after <see cref="LayOut"/>.</summary>
    internal int Samples { get; private set; }

    /// <summary>Asks for zeros around the values.</summary>
    internal void RequireMargins(Margins required) => margins = new Margins(
        Math.Max(margins.Top, required.Top), Math.Max(margins.Left, required.Left), Math.Max(margins.Bottom, required.Bottom),
        Math.Max(margins.Right, required.Right));

    /// <summary>Records that steps of a phase read or write the values.</summary>
    internal void UseIn(InferencePhase user)
    {
        if (phase is not null && phase != user) Samples = InferencePhase.SamplesPerPart;
        phase = user;
    }

    /// <summary>Records that the values of the whole batch are needed at once.</summary>
    internal void KeepBatch() => SpansBatch = true;

    /// <summary>Fixes the layout, once all users are known.</summary>
    internal void LayOut()
    {
        if (Samples == 0) Samples = phase?.SamplesAtATime ?? 1;
        Layout = ImageLayout.Create(Shape.Height, Shape.Width, Shape.Channels, PaddedChannels, margins, 1);
    }
}
