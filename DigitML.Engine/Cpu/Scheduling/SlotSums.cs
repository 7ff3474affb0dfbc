using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Scheduling;

/// <summary>A row of partial sums for each slot of a <see cref="SlotLayout"/>, summed over slots in the order of <see cref="TreeSum"/>.</summary>
internal sealed unsafe class SlotSums<TVector, TSimd> : IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly NativeBuffer buffer;
    private readonly int stride;

    /// <param name="length">Floats of a row, a whole number of vectors.</param>
    internal SlotSums(int length)
    {
        Length = length;
        stride = ImageLayout.RoundUp(length, 16);
        buffer = new NativeBuffer((long)stride * SlotLayout.Slots);
    }

    /// <summary>Entry <paramref name="index"/> of a slot's row.</summary>
    internal float this[int slot, int index] => buffer.Pointer[(nint)slot * stride + index];

    /// <summary>Floats of a row.</summary>
    internal int Length { get; }

    /// <summary>The row that <paramref name="range"/> adds to, set to 0 at the first samples of its slot.</summary>
    internal float* Begin(SampleRange range)
    {
        float* row = RowOf(range.Slot);
        if (range.IsFirstOfSlot) new Span<float>(row, Length).Clear();
        return row;
    }

    /// <summary>A slot's row.</summary>
    internal float* RowOf(int slot) => buffer.Pointer + (nint)slot * stride;

    /// <summary>total[i] = Σ over slots.</summary>
    internal void AddUp(int activeSlots, float* total) => AddUp(0, activeSlots, total);

    /// <summary>total[i] = Σ over <paramref name="slots"/> slots from <paramref name="first"/> on: a subtree where they are one.</summary>
    internal void AddUp(int first, int slots, float* total) => TreeSumOfRows<TVector, TSimd>.Run(RowOf(first), stride, slots, Length, total);

    /// <summary>Σ over slots of entry <paramref name="index"/>, in double.</summary>
    internal double Total(int activeSlots, int index)
    {
        Span<double> terms = stackalloc double[SlotLayout.Slots];
        for (int slot = 0; slot < activeSlots; slot++) terms[slot] = this[slot, index];
        return TreeSum.Of(terms[..activeSlots]);
    }

    public void Dispose() => buffer.Dispose();
}
