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
        app = await StartAsync(new ServerLimits());
        Client = ClientOf(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    internal static Task<WebApplication> StartAsync(ServerLimits limits) =>
        DigitServer.StartAsync(DigitClassifier.Default, "<!DOCTYPE html><title>report</title>", new Uri("http://127.0.0.1:0"), limits);

    internal static HttpClient ClientOf(WebApplication app)
    {
        var client = new HttpClient { BaseAddress = DigitServer.AddressOf(app) };
        client.DefaultRequestHeaders.ExpectContinue = true;
        return client;
    }
}
