using DigitML.Engine.Cpu.Kernels;

namespace DigitML.Engine.Cpu.Scheduling;

/// <summary>
/// How the samples of a minibatch are split into slots: at most 16, each except the last with the same number of neighbouring samples, whatever the number of
/// threads. A slot's samples are summed in order; slots are summed in the order of <see cref="TreeSum"/>.
/// </summary>
internal readonly record struct SlotLayout
{
    /// <summary>Maximum number of slots, and so of threads that per-sample work can use.</summary>
    internal const int Slots = TreeSum.MaxTerms;

    /// <summary>A slot (except the last) holds a multiple of this many samples; with fewer, adding up its sums would not pay off.</summary>
    internal const int Unit = 8;

    internal SlotLayout(int sampleCount)
    {
        SampleCount = sampleCount;
        SlotSize = (sampleCount + Slots * Unit - 1) / (Slots * Unit) * Unit;
        ActiveSlots = sampleCount == 0 ? 0 : (sampleCount + SlotSize - 1) / SlotSize;
    }

    /// <summary>Samples of the minibatch.</summary>
    internal int SampleCount { get; }

    /// <summary>Samples of every slot but the last.</summary>
    internal int SlotSize { get; }

    /// <summary>Number of slots that have samples: the first ones.</summary>
    internal int ActiveSlots { get; }

    /// <summary>A slot's first sample.</summary>
    internal int FirstOf(int slot) => slot * SlotSize;

    /// <summary>One past a slot's last sample.</summary>
    internal int EndOf(int slot) => Math.Min(FirstOf(slot) + SlotSize, SampleCount);

    /// <summary>Samples of a slot.</summary>
    internal int SamplesOf(int slot) => EndOf(slot) - FirstOf(slot);
}
