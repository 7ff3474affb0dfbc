using DigitML.Engine.Cpu.Memory;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Buffers for one thread's samples.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    private readonly NativeBuffer[] buffers;

    internal Workspace(IReadOnlyList<BufferPlan> plans, int samples) =>
        buffers = [.. plans.Select(plan => new NativeBuffer(plan.Layout.LengthOf(samples)))];

    /// <summary>Pixel (0, 0) of a sample.</summary>
    internal float* Values(BufferPlan plan, int sample) =>
        buffers[plan.Index].Pointer + (nint)sample * plan.Layout.SampleStride + plan.Layout.Origin;

    public void Dispose()
    {
        foreach (NativeBuffer buffer in buffers) buffer.Dispose();
    }
}
