using DigitML.Engine.Cpu.Memory;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Buffers for some tiles on their way through a Winograd convolution: points of one side, points of the other, and single tiles.</summary>
internal sealed unsafe class WinogradStrip : IDisposable
{
    private readonly NativeBuffer inputs, outputs, tile, scratch;

    /// <param name="inputLength">Floats of all input points.</param>
    /// <param name="outputLength">Floats of all output points.</param>
    /// <param name="points">Points along a side of a tile.</param>
    /// <param name="lanes">Floats in a vector.</param>
    internal WinogradStrip(long inputLength, long outputLength, int points, int lanes)
    {
        inputs = new NativeBuffer(inputLength);
        outputs = new NativeBuffer(outputLength);
        tile = new NativeBuffer(points * points * lanes);
        scratch = new NativeBuffer(points * points * lanes);
    }

    /// <summary>Points of the input side: [point][tile][channel].</summary>
    internal float* Inputs => inputs.Pointer;

    /// <summary>Points of the output side: [point][tile][channel].</summary>
    internal float* Outputs => outputs.Pointer;

    /// <summary>One tile of one vector of channels.</summary>
    internal float* Tile => tile.Pointer;

    /// <summary>A tile half-way through a transform.</summary>
    internal float* Scratch => scratch.Pointer;

    public void Dispose()
    {
        inputs.Dispose();
        outputs.Dispose();
        tile.Dispose();
        scratch.Dispose();
    }
}
