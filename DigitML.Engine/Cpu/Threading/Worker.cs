using System.Diagnostics;

namespace DigitML.Engine.Cpu.Threading;

/// <summary>One thread of a <see cref="WorkerTeam"/>.</summary>
internal sealed class Worker : IDisposable
{
    // Longer than the gaps between the phases of a step, short enough that a program that trains only now and then does not keep a processor busy in between.
    private static readonly long TicksBeforeSleep = Stopwatch.Frequency / 2000;

    private readonly WorkQueue queue;
    private readonly int index;
    private readonly SemaphoreSlim signal = new(0);
    private readonly Thread thread;
    private int asleep;

    /// <summary>Starts the thread.</summary>
    internal Worker(WorkQueue queue, int index)
    {
        this.queue = queue;
        this.index = index;
        thread = new Thread(Loop) { IsBackground = true, Name = $"DigitML worker {index}" };
        thread.Start();
    }

    /// <summary>Wakes the thread if it sleeps.</summary>
    internal void Wake()
    {
        if (Volatile.Read(ref asleep) == 1 && Interlocked.Exchange(ref asleep, 0) == 1) signal.Release();
    }

    /// <summary>Waits for the thread to end, once the queue is stopped.</summary>
    public void Dispose()
    {
        thread.Join();
        signal.Dispose();
    }

    private void Loop()
    {
        int seen = 0;
        while (true)
        {
            seen = AwaitGeneration(seen);
            if (queue.IsStopping) return;
            queue.TakeParts(index);
        }
    }

    private int AwaitGeneration(int seen)
    {
        long start = Stopwatch.GetTimestamp();
        int spins = 0;
        while (true)
        {
            int generation = queue.Generation;
            if (generation != seen) return generation;
            if (Stopwatch.GetTimestamp() - start < TicksBeforeSleep) WorkQueue.Pause(ref spins);
            else Sleep(seen);
        }
    }

    // The flag is set before the generation is read again, and the caller writes the generation before it reads the flag: one of the two sees the other.
    private void Sleep(int seen)
    {
        Interlocked.Exchange(ref asleep, 1);
        if (queue.Generation != seen && Interlocked.Exchange(ref asleep, 0) == 1) return;
        signal.Wait();
    }
}
