using DigitML.Engine.Cpu.Memory;

namespace DigitML.Engine.Cpu.Scheduling;

/// <summary>Memory for the points of a whole minibatch, as large as the most demanding of the layers that use it.</summary>
internal sealed unsafe class WinogradWorkspace : IDisposable
{
    private NativeBuffer? points;
    private long length;

    /// <summary>The points, after <see cref="Allocate"/>.</summary>
    internal float* Pointer => points!.Pointer;

    /// <summary>Requests a number of floats.</summary>
    internal void Require(long floats) => length = Math.Max(length, floats);

    /// <summary>Allocates the memory.</summary>
    internal void Allocate()
    {
        if (length > 0) points = new NativeBuffer(length);
    }

    public void Dispose() => points?.Dispose();
}
