using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace DigitML.Server;

/// <summary>Counts requests and their time, from their start to the end of their answer.</summary>
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
