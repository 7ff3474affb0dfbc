namespace DigitML.Server;

/// <summary>Places for work that takes memory and processors: who finds none free waits. A request takes one only once its whole body is there, so slow senders hold none.</summary>
/// <param name="count">How many there are.</param>
internal sealed class WorkPlaces(int count) : IDisposable
{
    private readonly SemaphoreSlim free = new(count);

    /// <summary>Does the work in a place.</summary>
    internal async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        try
        {
            return work();
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose() => free.Dispose();
}
