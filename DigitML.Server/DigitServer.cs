using System.Net.Sockets;
using DigitML.Engine;
using DigitML.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace DigitML.Server;

/// <summary>
/// The server of <c>digitml serve</c>: <see cref="DigitServerExtensions"/> and nothing else. Nothing is read from the current folder, and no request path
/// names a file. A server that listens only on this machine also answers only to its local host names, so that no page from elsewhere can reach it under another host name.
/// </summary>
internal static class DigitServer
{
    private const string OpenApiPath = "/openapi/v1.json";

    /// <summary>Starts the server; the caller must stop and dispose the result.</summary>
    /// <param name="scorer">The model; the caller keeps ownership.</param>
    /// <param name="options">Limits of the endpoints.</param>
    /// <param name="address">Where to listen; port 0 takes a free one.</param>
    /// <param name="limits">Connection limits.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <exception cref="DigitMLException">It cannot listen there.</exception>
    internal static async Task<WebApplication> StartAsync(
        IDigitScorer scorer, DigitServerOptions options, ListenAddress address, KestrelLimits limits, CancellationToken cancellation = default)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address.Url).ConfigureKestrel(kestrel => limits.Apply(kestrel.Limits));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = limits.StopTime);
        builder.Services.AddDigitClassifier(scorer, options with { OpenApiPath = OpenApiPath });
        builder.Services.AddRoutingCore().AddProblemDetails().AddOpenApi(document => document.AddDocumentTransformer((written, _, _) =>
        {
            written.Info.Title = "DigitML";
            return Task.CompletedTask;
        }));
        if (address.IsLocal) builder.Services.AddHostFiltering(hosts => (hosts.AllowedHosts, hosts.IncludeFailureMessage) = (["localhost", "127.0.0.1", "[::1]"], false));

        WebApplication app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf, SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException });
        app.UseStatusCodePages();
        if (address.IsLocal) app.UseHostFiltering();
        app.UseRouting();
        app.MapOpenApi();
        app.MapDigitClassifier();
        try
        {
            await app.StartAsync(cancellation);
            return app;
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new DigitMLException($"Cannot listen on {address.Url}: {failure.GetBaseException().Message.TrimEnd('.')}; choose another address with --urls.", failure);
        }
    }

    /// <summary>Where a started server listens.</summary>
    internal static Uri AddressOf(WebApplication app) => new(app.Urls.First());

    private static int StatusOf(Exception failure) => failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
}
