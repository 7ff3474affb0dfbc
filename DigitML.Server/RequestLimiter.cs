using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace DigitML.Server;

/// <summary>
/// Limits how many requests of one kind are admitted, and how many are processed, at the same time. Each kind has its own limits, so that slow requests of one kind never delay
/// another kind.
/// </summary>
/// <param name="underWay">Maximum number of admitted requests, including those still being received.</param>
/// <param name="waiting">Maximum number of requests that wait to be admitted.</param>
/// <param name="atWork">Maximum number of requests processed at the same time. Processing starts once a request is received, so slow senders do not block it.</param>
internal sealed class RequestLimiter(int underWay, int waiting, int atWork) : IDisposable
{
    private readonly ConcurrencyLimiter admitted = Limiter(underWay, waiting), working = Limiter(atWork, underWay);

    /// <summary>Waits until a request may be received; dispose the lease once it is answered.</summary>
    /// <exception cref="RequestRefusedException">Too many requests are already waiting (503).</exception>
    internal async ValueTask<RateLimitLease> AdmitAsync(CancellationToken cancellation) => Acquired(await admitted.AcquireAsync(cancellationToken: cancellation));

    /// <summary>Does memory- and CPU-intensive work on its own thread, so that the thread pool stays free for quick requests.</summary>
    /// <exception cref="RequestRefusedException">There is no free slot (503).</exception>
    internal async Task<T> WorkAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        using RateLimitLease lease = Acquired(await working.AcquireAsync(cancellationToken: cancellation));
        return await Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Dispose()
    {
        admitted.Dispose();
        working.Dispose();
    }

    private static RateLimitLease Acquired(RateLimitLease lease)
    {
        if (lease.IsAcquired) return lease;
        lease.Dispose();
        throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, "The server has too many unfinished requests of this kind; send it again later.");
    }

    private static ConcurrencyLimiter Limiter(int permits, int queue) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
}
