using DigitML.Model;
using DigitML.Server;
using Microsoft.AspNetCore.Builder;

namespace DigitML.Tests.Serving;

/// <summary>A server in this process on a free port, with the default model, and a client of it.</summary>
public sealed class ServedModel : IAsyncLifetime
{
    private WebApplication? app;

    public HttpClient Client { get; private set; } = new();

    public Uri Address => Client.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        app = await StartAsync();
        Client = ClientOf(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    internal static Task<WebApplication> StartAsync(DigitServerOptions? options = null, KestrelLimits? limits = null, IDigitScorer? scorer = null) => DigitServer.StartAsync(
        scorer ?? DigitClassifier.Default,
        (options ?? new DigitServerOptions()) with { ReportHtml = "<!DOCTYPE html><title>report</title>" },
        ListenAddress.Parse("http://127.0.0.1:0"),
        limits ?? new KestrelLimits());

    internal static HttpClient ClientOf(WebApplication app)
    {
        var client = new HttpClient { BaseAddress = DigitServer.AddressOf(app) };
        client.DefaultRequestHeaders.ExpectContinue = true;
        return client;
    }
}
