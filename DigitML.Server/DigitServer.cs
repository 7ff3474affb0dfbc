using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using DigitML.Engine;
using DigitML.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace DigitML.Server;

/// <summary>
/// A page to draw a digit on, and an HTTP API, over one model. Nothing is read from the folder it is started in, and no path of a request names a file. A server
/// that listens on this machine alone also answers to its names alone, so that no page from elsewhere reaches it under a name of its own.
/// </summary>
internal static class DigitServer
{
    /// <summary>Starts it; the result is to be stopped and disposed.</summary>
    /// <param name="classifier">What predicts; it stays the caller's.</param>
    /// <param name="reportHtml">The page of the model's run; null for none.</param>
    /// <param name="url">Where to listen, such as http://127.0.0.1:5080; port 0 takes a free one.</param>
    /// <param name="limits">What it takes from clients.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <exception cref="DigitMLException">It cannot listen there.</exception>
    internal static async Task<WebApplication> StartAsync(DigitClassifier classifier, string? reportHtml, Uri url, ServerLimits limits, CancellationToken cancellation = default)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url.ToString()).ConfigureKestrel(kestrel => Limit(kestrel.Limits, limits));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = limits.StopTime);
        builder.Services.AddSingleton(classifier).AddSingleton<ServerMetrics>().AddSingleton(new WorkPlaces(limits.WorkPlaces));
        builder.Services.AddRoutingCore().AddProblemDetails().AddOpenApi();
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new() { Timeout = limits.RequestTime, TimeoutStatusCode = StatusCodes.Status408RequestTimeout });
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, int>(_ => RateLimitPartition.GetConcurrencyLimiter(
                0, _ => new ConcurrencyLimiterOptions { PermitLimit = limits.ConcurrentRequests, QueueLimit = limits.WaitingRequests }));
            limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
        });
        bool isLocal = url.IsLoopback;
        if (isLocal) builder.Services.AddHostFiltering(hosts => (hosts.AllowedHosts, hosts.IncludeFailureMessage) = (["localhost", "127.0.0.1", "[::1]"], false));
        builder.Services.AddHealthChecks();

        WebApplication app = builder.Build();
        app.UseMiddleware<MeasuredRequests>();
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf, SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException });
        app.UseStatusCodePages();
        if (isLocal) app.UseHostFiltering();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.MapHealthChecks("/health");
        app.MapOpenApi();
        PredictEndpoints.Map(app);
        DrawingPage.Map(app, classifier, reportHtml);
        try
        {
            await app.StartAsync(cancellation);
            return app;
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new DigitMLException($"{url} cannot be listened on: {failure.GetBaseException().Message.TrimEnd('.')}; choose another address with --urls.", failure);
        }
    }

    /// <summary>Where a started server listens.</summary>
    internal static Uri AddressOf(WebApplication app) => new(app.Urls.First());

    private static void Limit(KestrelServerLimits kestrel, ServerLimits limits)
    {
        kestrel.MaxRequestBodySize = ServerLimits.ImageBytes;
        kestrel.RequestHeadersTimeout = limits.HeadersTime;
        kestrel.MinRequestBodyDataRate = new MinDataRate(limits.SlowestBytesPerSecond, limits.SlowTime);
    }

    private static int StatusOf(Exception failure) => failure is BadHttpRequestException bad ? bad.StatusCode : (int)HttpStatusCode.InternalServerError;
}
