using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace DigitML.Server;

/// <summary>Counts requests and measures their time, from start to the end of the response.</summary>
internal sealed class MeasuredRequests(ServerMetrics metrics) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        long began = Stopwatch.GetTimestamp();
        HttpResponse response = context.HttpContext.Response;
        metrics.Begin();
        response.OnCompleted(() =>
        {
            metrics.End(response.StatusCode, Stopwatch.GetElapsedTime(began));
            return Task.CompletedTask;
        });
        return next(context);
    }
}
