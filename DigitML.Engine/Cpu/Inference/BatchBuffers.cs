using DigitML.Engine.Cpu.Memory;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>The values of a whole batch that dense layers and the caller need.</summary>
internal sealed unsafe class BatchBuffers : IDisposable
{
    private readonly NativeBuffer?[] buffers;

    internal BatchBuffers(IReadOnlyList<BufferPlan> plans, int samples) =>
        buffers = [.. plans.Select(plan => plan.SpansBatch ? new NativeBuffer(plan.Layout.LengthOf(samples)) : null)];

    /// <summary>Pixel (0, 0) of a sample.</summary>
    internal float* Values(BufferPlan plan, int sample) =>
        buffers[plan.Index]!.Pointer + sample * (nint)plan.Layout.SampleStride + plan.Layout.Origin;

    public void Dispose()
    {
        foreach (NativeBuffer? buffer in buffers) buffer?.Dispose();
    }
}
