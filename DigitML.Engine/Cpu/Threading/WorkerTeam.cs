using DigitML.Engine.Devices;

namespace DigitML.Engine.Cpu.Threading;

/// <summary>
/// Threads that wait for work by spinning for a while and then sleeping, so that splitting a few hundred microseconds of work costs about one microsecond. They end
/// when the team is disposed, or when nothing refers to it any more.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    // The threads refer only to the queue, never to the team, which can therefore be garbage-collected.
    private readonly WorkQueue queue;
    private readonly Worker[] workers;
    private readonly Lock running = new();
    private volatile bool isDisposed;

    /// <summary>Starts <paramref name="threads"/> − 1 threads; the caller of <see cref="Run"/> is the first of the team.</summary>
    internal WorkerTeam(int threads)
    {
        Threads = threads;
        queue = new WorkQueue(threads);
        workers = [.. Enumerable.Range(1, threads - 1).Select(index => new Worker(queue, index))];
    }

    ~WorkerTeam() => Stop();

    /// <summary>Number of threads, including the caller.</summary>
    internal int Threads { get; }

    /// <summary>
    /// Calls <paramref name="work"/>(part) for every part of 0 .. parts − 1 and returns when all are done. If the team is working for another caller, this
    /// caller does all parts itself.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    internal void Run(int parts, Action<int> work)
    {
        ObjectDisposedException.ThrowIf(isDisposed, typeof(IDevice));
        if (parts <= 1 || Threads == 1 || !running.TryEnter())
        {
            for (int part = 0; part < parts; part++) work(part);
            return;
        }

        try
        {
            queue.Start(parts, work);
            foreach (Worker worker in workers) worker.Wake();
            queue.Finish(parts);
        }
        finally
        {
            running.Exit();
        }

        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        Stop();
        foreach (Worker worker in workers) worker.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Stop()
    {
        queue.Stop();
        foreach (Worker worker in workers) worker.Wake();
    }
}
