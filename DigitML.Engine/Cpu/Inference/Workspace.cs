using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Winograd;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Buffers for one thread's samples.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    private readonly NativeBuffer[] buffers;

    private readonly WinogradStrip? strip;

    internal Workspace(IReadOnlyList<BufferPlan> plans, WinogradStripPlan strips, int samples)
    {
        buffers = [.. plans.Select(plan => new NativeBuffer(plan.Layout.LengthOf(samples)))];
        if (strips.IsNeeded) strip = new WinogradStrip(strips);
    }

    /// <summary>Buffers for Winograd convolutions; there where the network has any.</summary>
    internal WinogradStrip Strip => strip!;

    /// <summary>Pixel (0, 0) of a sample.</summary>
    internal float* Values(BufferPlan plan, int sample) =>
        buffers[plan.Index].Pointer + (nint)sample * plan.Layout.SampleStride + plan.Layout.Origin;

    public void Dispose()
    {
        foreach (NativeBuffer buffer in buffers) buffer.Dispose();
        strip?.Dispose();
    }
}
