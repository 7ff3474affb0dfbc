using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace DigitML.Engine.Cpu.Threading;

/// <summary>The parts of the current run, and the signals between a <see cref="WorkerTeam"/> and its threads.</summary>
/// <remarks>
/// Parts are split into contiguous ranges, one per thread, so that a thread processes the same samples in every phase and finds them in its cache; a
/// thread that is done takes parts from the others. The caller returns when all parts are done, not when all threads have checked in: a thread that another
/// program keeps from running delays no other thread. A range is one word (end, next). A thread that wakes late takes parts of the current run,
/// whichever run it was woken for: the action is read after the part is taken, and it does not change until that part is done.
/// </remarks>
internal sealed class WorkQueue
{
    private const int WordSpacing = 16;
    private const int SpinsBeforeYield = 100;

    private static readonly Action<int> Nothing = static _ => { };

    private readonly int threads;
    private readonly long[] ranges;
    private Action<int> action = Nothing;
    private Counters counters;
    private Exception? failure;
    private volatile bool isStopping;

    internal WorkQueue(int threads)
    {
        this.threads = threads;
        ranges = new long[(threads + 1) * WordSpacing];
    }

    /// <summary>Changes with every run.</summary>
    internal int Generation => Volatile.Read(ref counters.Generation);

    /// <summary>True if the threads should end.</summary>
    internal bool IsStopping => isStopping;

    /// <summary>Starts a run by offering its parts.</summary>
    internal void Start(int parts, Action<int> work)
    {
        action = work;
        Volatile.Write(ref counters.Completed, 0);
        for (int t = 0; t < threads; t++)
        {
            int first = (int)((long)parts * t / threads), end = (int)((long)parts * (t + 1) / threads);
            Volatile.Write(ref ranges[t * WordSpacing], Pack(end, first));
        }

        Volatile.Write(ref counters.Generation, counters.Generation + 1);
        Interlocked.MemoryBarrier();
    }

    /// <summary>Joins the run and waits for its end.</summary>
    internal void Finish(int parts)
    {
        TakeParts(thread: 0);
        int spins = 0;
        while (Volatile.Read(ref counters.Completed) != parts) Pause(ref spins);

        // The action refers to the team, which the threads must not keep alive.
        action = Nothing;
        if (failure is not null) ThrowFailure();
    }

    /// <summary>Asks the threads to end.</summary>
    internal void Stop()
    {
        isStopping = true;
        Interlocked.Increment(ref counters.Generation);
    }

    /// <summary>Does parts until none is left: the thread's own range first.</summary>
    internal void TakeParts(int thread)
    {
        for (int t = 0; t < threads; t++)
        {
            ref long range = ref ranges[(thread + t) % threads * WordSpacing];
            while (TryTake(ref range, out int part))
            {
                try
                {
                    action(part);
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref failure, e, null);
                }

                Interlocked.Increment(ref counters.Completed);
            }
        }
    }

    /// <summary>Waits a moment, longer after many calls.</summary>
    internal static void Pause(ref int spins)
    {
        if (++spins < SpinsBeforeYield) Thread.SpinWait(4);
        else Thread.Yield();
    }

    private static bool TryTake(ref long range, out int part)
    {
        while (true)
        {
            long word = Volatile.Read(ref range);
            part = (int)word;
            if (part >= (int)(word >> 32)) return false;
            if (Interlocked.CompareExchange(ref range, word + 1, word) == word) return true;
        }
    }

    private static long Pack(int end, int next) => ((long)end << 32) | (uint)next;

    private void ThrowFailure()
    {
        Exception first = failure!;
        failure = null;
        ExceptionDispatchInfo.Throw(first);
    }

    // Each counter on a cache line of its own: one is written by every thread, the other read by every thread.
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Counters
    {
        [FieldOffset(64)]
        internal int Generation;

        [FieldOffset(128)]
        internal int Completed;
    }
}
