using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace DigitML.Engine.Cpu.Threading;

/// <summary>
/// Threads that wait for work by spinning a while and then sleeping, so that splitting a few hundred microseconds of work costs about one.
/// </summary>
/// <remarks>
/// Parts are dealt out in contiguous ranges, one a thread, so that a thread meets the same samples in every phase and finds them in its cache; a
/// thread that is done takes parts of the others. The caller returns when all parts are done, not when all threads have looked: a thread that another
/// program keeps from running delays nobody. Each range is one word (generation, end, next), so a thread that wakes late cannot take a part of a later run.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int WordSpacing = 16;
    private const int SpinsBeforeYield = 100;

    // Longer than the gaps between the phases of a step, short enough that a program that trains now and then does not keep a processor busy in between.
    private static readonly long TicksBeforeSleep = Stopwatch.Frequency / 2000;

    private readonly long[] ranges;
    private readonly Worker[] workers;
    private readonly Lock running = new();
    private Action<int> action = static _ => { };
    private Counters counters;
    private Exception? failure;
    private volatile bool stopping;

    /// <summary>Starts <paramref name="threads"/> − 1 threads; the caller of <see cref="Run"/> is the first of the team.</summary>
    internal WorkerTeam(int threads)
    {
        Threads = threads;
        ranges = new long[(threads + 1) * WordSpacing];
        workers = [.. Enumerable.Range(1, threads - 1).Select(index => new Worker(this, index))];
    }

    /// <summary>Threads, the caller included.</summary>
    internal int Threads { get; }

    /// <summary>
    /// Calls <paramref name="work"/>(part) for every part of 0 .. parts − 1 and returns when all are done. Where the team is at work for another caller, this
    /// one does all parts itself.
    /// </summary>
    internal void Run(int parts, Action<int> work)
    {
        if (parts <= 1 || Threads == 1 || !running.TryEnter())
        {
            for (int part = 0; part < parts; part++) work(part);
            return;
        }

        try
        {
            action = work;
            Volatile.Write(ref counters.Completed, 0);
            int generation = counters.Generation + 1;
            for (int t = 0; t < Threads; t++)
            {
                int first = (int)((long)parts * t / Threads), end = (int)((long)parts * (t + 1) / Threads);
                Volatile.Write(ref ranges[t * WordSpacing], Pack(generation, end, first));
            }

            Volatile.Write(ref counters.Generation, generation);
            Interlocked.MemoryBarrier();
            foreach (Worker worker in workers) worker.Wake();
            TakeParts(thread: 0);
            int spins = 0;
            while (Volatile.Read(ref counters.Completed) != parts) Pause(ref spins);
            if (failure is not null) ThrowFailure();
        }
        finally
        {
            running.Exit();
        }
    }

    public void Dispose()
    {
        stopping = true;
        Interlocked.Increment(ref counters.Generation);
        foreach (Worker worker in workers) worker.Dispose();
    }

    private void TakeParts(int thread)
    {
        for (int t = 0; t < Threads; t++)
        {
            ref long range = ref ranges[(thread + t) % Threads * WordSpacing];
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

    private static bool TryTake(ref long range, out int part)
    {
        while (true)
        {
            long word = Volatile.Read(ref range);
            part = (int)(word & 0xFFFF);
            int end = (int)((word >> 16) & 0xFFFF);
            if (part >= end) return false;
            if (Interlocked.CompareExchange(ref range, word + 1, word) == word) return true;
        }
    }

    private static long Pack(int generation, int end, int next) => ((long)generation << 32) | ((long)end << 16) | (uint)next;

    private static void Pause(ref int spins)
    {
        if (++spins < SpinsBeforeYield) Thread.SpinWait(4);
        else Thread.Yield();
    }

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

    private sealed class Worker : IDisposable
    {
        private readonly WorkerTeam team;
        private readonly int index;
        private readonly SemaphoreSlim signal = new(0);
        private readonly Thread thread;
        private int asleep;

        internal Worker(WorkerTeam team, int index)
        {
            this.team = team;
            this.index = index;
            thread = new Thread(Loop) { IsBackground = true, Name = $"DigitML worker {index}" };
            thread.Start();
        }

        internal void Wake()
        {
            if (Volatile.Read(ref asleep) == 1 && Interlocked.Exchange(ref asleep, 0) == 1) signal.Release();
        }

        public void Dispose()
        {
            Wake();
            thread.Join();
            signal.Dispose();
        }

        private void Loop()
        {
            int seen = 0;
            while (true)
            {
                seen = AwaitGeneration(seen);
                if (team.stopping) return;
                team.TakeParts(index);
            }
        }

        private int AwaitGeneration(int seen)
        {
            long start = Stopwatch.GetTimestamp();
            int spins = 0;
            while (true)
            {
                int generation = Volatile.Read(ref team.counters.Generation);
                if (generation != seen) return generation;
                if (Stopwatch.GetTimestamp() - start < TicksBeforeSleep) Pause(ref spins);
                else Sleep(seen);
            }
        }

        // The flag is set before the generation is read again, and the caller writes the generation before it reads the flag: one of the two sees the other.
        private void Sleep(int seen)
        {
            Interlocked.Exchange(ref asleep, 1);
            if (Volatile.Read(ref team.counters.Generation) != seen && Interlocked.Exchange(ref asleep, 0) == 1) return;
            signal.Wait();
        }
    }
}
