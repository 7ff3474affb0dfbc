using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Winograd;

namespace DigitML.Engine.Cpu.Training;

/// <summary>Buffers that the layers of a training program use in turn: one strip a thread, and rooms for points of a whole minibatch.</summary>
internal sealed class SharedBuffers : IDisposable
{
    private readonly ThreadLocal<WinogradStrip> strips;
    private readonly PointRoom[] rooms = [new(), new()];
    private int roomsTaken;

    internal SharedBuffers() => strips = new ThreadLocal<WinogradStrip>(() => new WinogradStrip(Strips), trackAllValues: true);

    /// <summary>What a strip must have room for.</summary>
    internal WinogradStripPlan Strips { get; } = new();

    /// <summary>The calling thread's strip.</summary>
    internal WinogradStrip Strip => strips.Value!;

    /// <summary>
    /// A room for a layer's points. Layers take the two rooms in turn: while one thread still reads its samples' points of a layer, another may write those of
    /// the next.
    /// </summary>
    internal PointRoom TakeRoom() => rooms[roomsTaken++ % rooms.Length];

    /// <summary>Makes the rooms, when all layers have said what they need.</summary>
    internal void Allocate()
    {
        foreach (PointRoom room in rooms) room.Allocate();
    }

    public void Dispose()
    {
        foreach (WinogradStrip strip in strips.Values) strip.Dispose();
        strips.Dispose();
        foreach (PointRoom room in rooms) room.Dispose();
    }
}
