using System.Numerics;
using DigitML.Engine.Cpu.Memory;

namespace DigitML.Engine.Cpu.Training;

/// <summary>A row of partial sums for each slot of a <see cref="Schedule"/>, added up in slot order.</summary>
internal sealed unsafe class SlotSums : IDisposable
{
    private readonly NativeBuffer buffer;
    private readonly int stride;

    internal SlotSums(int length)
    {
        Length = length;
        stride = ImageLayout.RoundUp(length, 16);
        buffer = new NativeBuffer((long)stride * Schedule.Slots);
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

    /// <summary>total[i] = Σ over slots, in slot order.</summary>
    internal void AddUp(int activeSlots, float* total)
    {
        new Span<float>(buffer.Pointer, Length).CopyTo(new Span<float>(total, Length));
        for (int slot = 1; slot < activeSlots; slot++)
        {
            float* row = buffer.Pointer + (nint)slot * stride;
            int i = 0;
            for (; i <= Length - Vector<float>.Count; i += Vector<float>.Count) Vector.Store(Vector.Load(total + i) + Vector.Load(row + i), total + i);
            for (; i < Length; i++) total[i] += row[i];
        }
    }

    /// <summary>Σ over slots of entry <paramref name="index"/>, in double.</summary>
    internal double Total(int activeSlots, int index)
    {
        double sum = 0;
        for (int slot = 0; slot < activeSlots; slot++) sum += this[slot, index];
        return sum;
    }

    public void Dispose() => buffer.Dispose();
}
