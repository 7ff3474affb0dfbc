using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace DigitML.Server;

/// <summary>
/// How many requests of one kind are under way at a time and how many of them work. Each kind has limits of its own, so that slow requests of one kind never hold up
/// those of another.
/// </summary>
/// <param name="underWay">Requests under way, those still being received included.</param>
/// <param name="waiting">Requests that wait until they may be received.</param>
/// <param name="atWork">Requests that work at a time. A request starts to work once it is received, so slow senders hold up no work.</param>
internal sealed class RequestLimiter(int underWay, int waiting, int atWork) : IDisposable
{
    private readonly ConcurrencyLimiter admitted = Limiter(underWay, waiting), working = Limiter(atWork, underWay);

    /// <summary>Waits until a request may be received; the lease is to be disposed once it is answered.</summary>
    /// <exception cref="RequestRefusedException">Too many requests wait already (503).</exception>
    internal async ValueTask<RateLimitLease> AdmitAsync(CancellationToken cancellation) => Acquired(await admitted.AcquireAsync(cancellationToken: cancellation));

    /// <summary>Does work that takes memory and a processor for a while, on a thread of its own, so that the thread pool stays free for quick requests.</summary>
    /// <exception cref="RequestRefusedException">There is no free place (503).</exception>
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
        throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, "The server has too many requests of this kind under way; send it again later.");
    }

    private static ConcurrencyLimiter Limiter(int permits, int queue) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
}
