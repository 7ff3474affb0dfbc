using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Winograd;

namespace DigitML.Engine.Cpu.Training;

/// <summary>Buffers that the layers of a training program use in turn: one strip a thread, and one room for points of a whole minibatch.</summary>
internal sealed class SharedBuffers : IDisposable
{
    private readonly ThreadLocal<WinogradStrip> strips;
    private NativeBuffer? points;
    private long pointsLength;

    internal SharedBuffers() => strips = new ThreadLocal<WinogradStrip>(() => new WinogradStrip(Strips), trackAllValues: true);

    /// <summary>What a strip must have room for.</summary>
    internal WinogradStripPlan Strips { get; } = new();

    /// <summary>The calling thread's strip.</summary>
    internal WinogradStrip Strip => strips.Value!;

    /// <summary>The room for points, after <see cref="Allocate"/>.</summary>
    internal unsafe float* Points => points!.Pointer;

    /// <summary>Asks for floats of points.</summary>
    internal void RequirePoints(long length) => pointsLength = Math.Max(pointsLength, length);

    /// <summary>Makes the room for points.</summary>
    internal void Allocate()
    {
        if (pointsLength > 0) points = new NativeBuffer(pointsLength);
    }

    public void Dispose()
    {
        foreach (WinogradStrip strip in strips.Values) strip.Dispose();
        strips.Dispose();
        points?.Dispose();
    }
}
