using DigitML.Engine.Cpu.Memory;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>One thread's buffers for the tiles of Winograd convolutions; layers share them, so they stay in the thread's cache.</summary>
internal sealed unsafe class WinogradStrip : IDisposable
{
    private readonly NativeBuffer inputs, outputs, image, sums, scratch;

    internal WinogradStrip(WinogradStripPlan plan)
    {
        inputs = new NativeBuffer(plan.Inputs);
        outputs = new NativeBuffer(plan.Outputs);
        image = new NativeBuffer(plan.Image);
        sums = new NativeBuffer(plan.Sums);
        scratch = new NativeBuffer(plan.Scratch);
    }

    /// <summary>Points of the input side: [point][tile][channel].</summary>
    internal float* Inputs => inputs.Pointer;

    /// <summary>Points of the output side: [point][tile][channel].</summary>
    internal float* Outputs => outputs.Pointer;

    /// <summary>An image that tiles are added to.</summary>
    internal float* Image => image.Pointer;

    /// <summary>Weights, or sums of their gradients, at the points. Each convolution has its own: two of them may take turns adding to theirs.</summary>
    internal float* Sums => sums.Pointer;

    /// <summary>A partly transformed tile.</summary>
    internal float* Scratch => scratch.Pointer;

    public void Dispose()
    {
        inputs.Dispose();
        outputs.Dispose();
        image.Dispose();
        sums.Dispose();
        scratch.Dispose();
    }
}
