using DigitML.Engine.Cpu.Threading;

namespace DigitML.Engine.Cpu.Training;

/// <summary>Some neighbouring samples that one thread takes through several operations while they are in its cache.</summary>
/// <param name="Slot">The slot of partial sums that these samples add to.</param>
/// <param name="First">First sample.</param>
/// <param name="Count">Samples.</param>
/// <param name="IsFirstOfSlot">Whether the slot's sums start here.</param>
/// <param name="IsLastOfSlot">Whether they end here.</param>
internal readonly record struct SampleRange(int Slot, int First, int Count, bool IsFirstOfSlot, bool IsLastOfSlot)
{
    /// <summary>One past the last sample.</summary>
    internal int End => First + Count;
}

/// <summary>
/// The work of one pass over a minibatch as a list of phases with a barrier between them. Neighbouring per-sample actions join into one phase, in which
/// a few samples at a time go through all of them.
/// </summary>
/// <remarks>
/// Samples are dealt to a fixed number of slots, whatever the number of threads; a slot is worked through in order by one thread and sums into memory of its
/// own. Slots are added up in order. So the bytes of every sum are the same at every number of threads.
/// </remarks>
internal sealed class Schedule
{
    /// <summary>Most slots, and with it most threads that per-sample work can use.</summary>
    internal const int Slots = 16;

    private const int MicroBatch = 4;
    private readonly WorkerTeam team;
    private readonly List<Phase> phases = [];
    private readonly List<Action> preparations = [];
    private int count;

    internal Schedule(WorkerTeam team) => this.team = team;

    /// <summary>Samples of the minibatch now at work.</summary>
    internal int SampleCount => count;

    /// <summary>Slots that hold sums of the minibatch now at work.</summary>
    internal int ActiveSlots => (count + SlotSize - 1) / SlotSize;

    /// <summary>Samples of a slot.</summary>
    internal int SamplesOf(int slot) => Math.Min(SlotSize, count - slot * SlotSize);

    private int SlotSize => (count + Slots - 1) / Slots;

    /// <summary>Adds an action on samples that needs nothing from other samples of this phase.</summary>
    internal void PerSample(Action<SampleRange> action)
    {
        if (phases.Count > 0 && phases[^1] is SamplePhase last) last.Actions.Add(action);
        else phases.Add(new SamplePhase(this, action));
    }

    /// <summary>Adds work cut into parts that do not depend on the number of threads: action(part).</summary>
    internal void InParts(Func<int> parts, Action<int> action) => phases.Add(new PartPhase(parts, action));

    /// <summary>Adds work for the start of the pass, before any phase.</summary>
    internal void Before(Action action) => preparations.Add(action);

    /// <summary>Adds work for one thread.</summary>
    internal void Once(Action action) => phases.Add(new PartPhase(static () => 1, _ => action()));

    /// <summary>Runs all phases over a minibatch of <paramref name="sampleCount"/> samples.</summary>
    internal void Run(int sampleCount)
    {
        count = sampleCount;
        foreach (Action prepare in preparations) prepare();
        foreach (Phase phase in phases) phase.Run(team);
    }

    private void RunSlot(int slot, List<Action<SampleRange>> actions)
    {
        int first = slot * SlotSize, end = Math.Min(first + SlotSize, count);
        for (int sample = first; sample < end; sample += MicroBatch)
        {
            var range = new SampleRange(slot, sample, Math.Min(MicroBatch, end - sample), sample == first, sample + MicroBatch >= end);
            foreach (Action<SampleRange> action in actions) action(range);
        }
    }

    private abstract class Phase
    {
        internal abstract void Run(WorkerTeam team);
    }

    private sealed class SamplePhase : Phase
    {
        private readonly Schedule schedule;
        private readonly Action<int> runSlot;

        internal SamplePhase(Schedule schedule, Action<SampleRange> first)
        {
            this.schedule = schedule;
            Actions = [first];
            runSlot = slot => schedule.RunSlot(slot, Actions);
        }

        internal List<Action<SampleRange>> Actions { get; }

        internal override void Run(WorkerTeam team) => team.Run(schedule.ActiveSlots, runSlot);
    }

    private sealed class PartPhase(Func<int> parts, Action<int> action) : Phase
    {
        internal override void Run(WorkerTeam team) => team.Run(parts(), action);
    }
}
