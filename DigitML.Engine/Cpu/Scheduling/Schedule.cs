using DigitML.Engine.Cpu.Threading;

namespace DigitML.Engine.Cpu.Scheduling;

/// <summary>A few neighbouring samples that one thread takes through several operations while they are in its cache.</summary>
/// <param name="Slot">The slot of partial sums that these samples add to.</param>
/// <param name="First">First sample.</param>
/// <param name="Count">Samples.</param>
/// <param name="IsFirstOfSlot">True if the slot's sums start here.</param>
/// <param name="IsLastOfSlot">True if they end here.</param>
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
/// Samples are split into the slots of a <see cref="SlotLayout"/>; one thread works through a slot in order and sums into its own memory. Slots are added up
/// in the order of <see cref="Kernels.TreeSum"/>. So every sum has the same bytes at any number of threads.
/// </remarks>
internal sealed class Schedule
{
    // Weights that stay in an L2 cache of 2 MB beside the samples that pass over them.
    private const long CachedFloats = 200 * 1024;

    private readonly WorkerTeam team;
    private readonly List<Phase> phases = [];
    private readonly List<Action> preparations = [];
    private readonly List<(Action<int> Action, int Part)> preparationParts = [];
    private readonly Action<int> runPreparation;

    internal Schedule(WorkerTeam team)
    {
        this.team = team;
        runPreparation = index => preparationParts[index].Action(preparationParts[index].Part);
    }

    /// <summary>The slots of the minibatch being processed.</summary>
    internal SlotLayout Slots { get; private set; }

    /// <summary>Samples of the minibatch being processed.</summary>
    internal int SampleCount => Slots.SampleCount;

    /// <summary>Slots that hold sums of the minibatch being processed.</summary>
    internal int ActiveSlots => Slots.ActiveSlots;

    /// <summary>Adds an action on samples that needs nothing from other samples of this phase.</summary>
    /// <param name="action">The action.</param>
    /// <param name="images">All images that it reads or writes.</param>
    /// <param name="samples">Preferred number of samples at a time.</param>
    /// <param name="residentFloats">Floats that it rereads or rewrites for every few samples. An action whose floats do not fit into the cache with the others starts a new phase.</param>
    internal void PerSample(Action<SampleRange> action, ReadOnlySpan<BatchImages> images, int samples = 1, long residentFloats = 0)
    {
        if (phases.Count == 0 || phases[^1] is not SamplePhase phase || (residentFloats > 0 && phase.ResidentFloats + residentFloats > CachedFloats))
        {
            phases.Add(phase = new SamplePhase(this));
        }

        phase.Add(action, samples, residentFloats);
        foreach (BatchImages used in images) used.UseIn(phase);
    }

    /// <summary>Adds work cut into parts that do not depend on the number of threads: action(part).</summary>
    /// <param name="parts">Gives the number of parts.</param>
    /// <param name="action">The action.</param>
    /// <param name="images">All images that it reads or writes.</param>
    internal void InParts(Func<int> parts, Action<int> action, params ReadOnlySpan<BatchImages> images)
    {
        phases.Add(new PartPhase(parts, action));
        foreach (BatchImages used in images) used.UseIn(null);
    }

    /// <summary>Adds work for the start of the pass, before any phase.</summary>
    internal void Before(Action action) => preparations.Add(action);

    /// <summary>Adds work for the start of the pass cut into parts, which run beside those of other operations.</summary>
    internal void Prepare(int parts, Action<int> action) => preparationParts.AddRange(Enumerable.Range(0, parts).Select(part => (action, part)));

    /// <summary>Adds work for one thread.</summary>
    internal void Once(Action action, params ReadOnlySpan<BatchImages> images) => InParts(static () => 1, _ => action(), images);

    /// <summary>Runs all phases over a minibatch of <paramref name="sampleCount"/> samples.</summary>
    internal void Run(int sampleCount)
    {
        Slots = new SlotLayout(sampleCount);
        foreach (Action prepare in preparations) prepare();
        team.Run(preparationParts.Count, runPreparation);
        foreach (Phase phase in phases) phase.Run(team);
    }

    private abstract class Phase
    {
        internal abstract void Run(WorkerTeam team);
    }

    private sealed class SamplePhase : Phase, ISamplePhase
    {
        private readonly Schedule schedule;
        private readonly List<Action<SampleRange>> actions = [];
        private readonly Action<int> runSlot;

        internal SamplePhase(Schedule schedule)
        {
            this.schedule = schedule;
            runSlot = RunSlot;
        }

        public int SamplesAtATime { get; private set; } = 1;

        internal long ResidentFloats { get; private set; }

        internal void Add(Action<SampleRange> action, int preferredSamples, long residentFloats)
        {
            actions.Add(action);
            // 1, 2, 4 or 8: a slot is a multiple of each.
            while (2 * SamplesAtATime <= Math.Min(preferredSamples, SlotLayout.Unit)) SamplesAtATime *= 2;
            ResidentFloats += residentFloats;
        }

        internal override void Run(WorkerTeam team) => team.Run(schedule.ActiveSlots, runSlot);

        private void RunSlot(int slot)
        {
            int samples = SamplesAtATime, first = schedule.Slots.FirstOf(slot), end = schedule.Slots.EndOf(slot);
            for (int sample = first; sample < end; sample += samples)
            {
                var range = new SampleRange(slot, sample, Math.Min(samples, end - sample), sample == first, sample + samples >= end);
                foreach (Action<SampleRange> action in actions) action(range);
            }
        }
    }

    private sealed class PartPhase(Func<int> parts, Action<int> action) : Phase
    {
        internal override void Run(WorkerTeam team) => team.Run(parts(), action);
    }
}
