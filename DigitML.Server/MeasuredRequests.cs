using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace DigitML.Server;

/// <summary>Counts every request and its time.</summary>
internal sealed class MeasuredRequests(RequestDelegate next, ServerMetrics metrics)
{
    public async Task InvokeAsync(HttpContext context)
    {
        long began = Stopwatch.GetTimestamp();
        metrics.Begin();
        try
        {
            await next(context);
        }
        finally
        {
            metrics.End(context.Response.StatusCode, Stopwatch.GetElapsedTime(began));
        }
    }
}
