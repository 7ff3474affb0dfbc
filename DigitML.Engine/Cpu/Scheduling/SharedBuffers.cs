using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Winograd;

namespace DigitML.Engine.Cpu.Scheduling;

/// <summary>Buffers that the layers of a training program use in turn: one strip per thread, and workspaces for points of a whole minibatch.</summary>
internal sealed class SharedBuffers : IDisposable
{
    private readonly ThreadLocal<WinogradStrip> strips;
    private readonly WinogradWorkspace[] workspaces = [new(), new()];
    private int workspacesTaken;

    internal SharedBuffers() => strips = new ThreadLocal<WinogradStrip>(() => new WinogradStrip(Strips), trackAllValues: true);

    /// <summary>The sizes of a strip's buffers.</summary>
    internal WinogradStripPlan Strips { get; } = new();

    /// <summary>The calling thread's strip.</summary>
    internal WinogradStrip Strip => strips.Value!;

    /// <summary>
    /// A workspace for a layer's points. Layers take the two workspaces in turn: while one thread still reads its samples' points of a layer, another may write those of
    /// the next.
    /// </summary>
    internal WinogradWorkspace TakeWorkspace() => workspaces[workspacesTaken++ % workspaces.Length];

    /// <summary>Allocates the workspaces, once all layers have requested what they need.</summary>
    internal void Allocate()
    {
        foreach (WinogradWorkspace workspace in workspaces) workspace.Allocate();
    }

    public void Dispose()
    {
        foreach (WinogradStrip strip in strips.Values) strip.Dispose();
        strips.Dispose();
        foreach (WinogradWorkspace workspace in workspaces) workspace.Dispose();
    }
}
