using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Winograd;

namespace DigitML.Engine.Cpu.Inference;

/// <summary>Buffers for one thread's samples.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    private readonly NativeBuffer?[] buffers;
    private readonly WinogradStrip? strip;
    private BatchBuffers? batch;
    private int firstOfBatch;

    internal Workspace(IReadOnlyList<BufferPlan> plans, WinogradStripPlan strips)
    {
        buffers = [.. plans.Select(plan => plan.SpansBatch ? null : new NativeBuffer(plan.Layout.LengthOf(plan.Samples)))];
        if (strips.IsNeeded) strip = new WinogradStrip(strips);
    }

    /// <summary>Buffers for Winograd convolutions, if the network has any.</summary>
    internal WinogradStrip Strip => strip!;

    /// <summary>The caller's images from the first sample on, while the first layers run.</summary>
    internal float* Images { get; set; }

    /// <summary>Sets the samples of the batch to work on.</summary>
    internal void WorkOn(BatchBuffers work, int first)
    {
        batch = work;
        firstOfBatch = first;
    }

    /// <summary>Pixel (0, 0) of a sample, counted from the first this workspace works on.</summary>
    internal float* Values(BufferPlan plan, int sample) => buffers[plan.Index] is { } own
        ? own.Pointer + sample % plan.Samples * (nint)plan.Layout.SampleStride + plan.Layout.Origin
        : batch!.Values(plan, firstOfBatch + sample);

    public void Dispose()
    {
        foreach (NativeBuffer? buffer in buffers) buffer?.Dispose();
        strip?.Dispose();
    }
}
