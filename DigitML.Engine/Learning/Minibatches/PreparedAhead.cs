using System.Collections;
using System.Runtime.ExceptionServices;

namespace DigitML.Engine.Learning;

/// <summary>
/// A sequence of reused buffers that a worker thread fills ahead of the reader: while one is in use, the next is being filled. The content
/// is the same as if they were filled in turn. Ending the enumeration early stops the worker; its failure appears in the item it was filling.
/// </summary>
internal sealed class PreparedAhead<T>(T[] buffers, int count, Action<T, int> prepare) : IEnumerable<T>
{
    public IEnumerator<T> GetEnumerator()
    {
        using var worker = new Worker(buffers, count, prepare);
        for (int i = 0; i < count; i++)
        {
            worker.Await(i);
            yield return buffers[i % buffers.Length];
            worker.Release();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Worker : IDisposable
    {
        private readonly T[] buffers;
        private readonly int count;
        private readonly Action<T, int> prepare;
        private readonly SemaphoreSlim free, ready;
        private readonly Thread thread;
        private volatile bool stopping;
        private int failedIndex = -1;
        private ExceptionDispatchInfo? failure;

        internal Worker(T[] buffers, int count, Action<T, int> prepare)
        {
            this.buffers = buffers;
            this.count = count;
            this.prepare = prepare;
            free = new SemaphoreSlim(buffers.Length);
            ready = new SemaphoreSlim(0);
            thread = new Thread(Run) { IsBackground = true, Name = "minibatches" };
            thread.Start();
        }

        /// <summary>Waits until item <paramref name="index"/> is filled, or throws the exception that prevented it.</summary>
        internal void Await(int index)
        {
            ready.Wait();
            if (index == failedIndex) failure!.Throw();
        }

        internal void Release() => free.Release();

        public void Dispose()
        {
            stopping = true;
            free.Release();
            thread.Join();
            free.Dispose();
            ready.Dispose();
        }

        private void Run()
        {
            for (int i = 0; i < count; i++)
            {
                free.Wait();
                if (stopping) return;
                try
                {
                    prepare(buffers[i % buffers.Length], i);
                }
                catch (Exception e) // The reading thread rethrows it.
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                    failedIndex = i;
                }

                ready.Release();
                if (failure is not null) return;
            }
        }
    }
}
