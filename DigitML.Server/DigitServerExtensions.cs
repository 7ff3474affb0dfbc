using DigitML.Engine;
using DigitML.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace DigitML.Server;

/// <summary>A digit recogniser in an ASP.NET Core app: <c>services.AddDigitClassifier("model.onnx")</c>, then <c>app.MapDigitClassifier()</c>.</summary>
public static class DigitServerExtensions
{
    /// <summary>Registers a classifier of the built-in model: see <see cref="AddDigitClassifier(IServiceCollection, string?, DigitServerOptions?)"/>.</summary>
    /// <param name="services">The app's services.</param>
    public static IServiceCollection AddDigitClassifier(this IServiceCollection services) => services.AddDigitClassifier(modelPath: null, options: null);

    /// <summary>Registers a classifier of a model file: see <see cref="AddDigitClassifier(IServiceCollection, string?, DigitServerOptions?)"/>.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="modelPath">An ONNX model file.</param>
    /// <exception cref="DigitMLException">On first use of the model: the file cannot be read or holds something DigitML cannot run.</exception>
    public static IServiceCollection AddDigitClassifier(this IServiceCollection services, string modelPath)
    {
        ArgumentNullException.ThrowIfNull(modelPath);
        return services.AddDigitClassifier(modelPath, options: null);
    }

    /// <summary>
    /// Registers one <see cref="DigitClassifier"/> for the whole app, also as <see cref="IDigitScorer"/>, and what <see cref="MapDigitClassifier(IEndpointRouteBuilder)"/>
    /// needs. The model is loaded on first use.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="modelPath">An ONNX model file; null for the built-in model.</param>
    /// <param name="options">Limits of the endpoints; null for the defaults.</param>
    /// <exception cref="DigitMLException">On first use of the model: the file cannot be read or holds something DigitML cannot run.</exception>
    public static IServiceCollection AddDigitClassifier(this IServiceCollection services, string? modelPath, DigitServerOptions? options)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddClassifier(() => modelPath is null ? DigitClassifier.Default : DigitClassifier.Load(modelPath), options);
    }

    /// <summary>Does the same for a model in a stream, which is read to its end immediately and stays open.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="model">An ONNX model.</param>
    /// <param name="options">Limits of the endpoints; null for the defaults.</param>
    /// <exception cref="DigitMLException">The stream holds something DigitML cannot run.</exception>
    public static IServiceCollection AddDigitClassifier(this IServiceCollection services, Stream model, DigitServerOptions? options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(model);
        DigitClassifier classifier = DigitClassifier.Load(model);
        return services.AddClassifier(() => classifier, options);
    }

    /// <summary>Registers any scorer as <see cref="IDigitScorer"/>, and what <see cref="MapDigitClassifier(IEndpointRouteBuilder)"/> needs.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="scorer">The model. The caller keeps ownership and disposes it after the app.</param>
    /// <param name="options">Limits of the endpoints; null for the defaults.</param>
    public static IServiceCollection AddDigitClassifier(this IServiceCollection services, IDigitScorer scorer, DigitServerOptions? options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(scorer);
        return services.AddSingleton(scorer).AddParts(options);
    }

    /// <summary>Maps the endpoints for the registered scorer: see <see cref="MapDigitClassifier(IEndpointRouteBuilder, IDigitScorer, DigitServerOptions?)"/>.</summary>
    /// <param name="app">An app, or a group with a route prefix.</param>
    /// <returns>The endpoints, for conventions such as authorization.</returns>
    /// <exception cref="InvalidOperationException">No scorer has been registered with AddDigitClassifier, or the endpoints are mapped here already.</exception>
    /// <exception cref="DigitMLException">The model cannot be loaded.</exception>
    public static RouteGroupBuilder MapDigitClassifier(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        IServiceProvider services = app.ServiceProvider;
        if (services.GetService<RequestLimiters>() is not { } limiters) throw new InvalidOperationException("MapDigitClassifier() needs services.AddDigitClassifier(...) before the app is built.");
        return Map(app, services.GetRequiredService<IDigitScorer>(), services.GetRequiredService<DigitServerOptions>(), limiters, services.GetRequiredService<ServerMetrics>());
    }

    /// <summary>
    /// Maps a page to draw a digit on (<c>GET /</c>), <c>POST /predict</c> (pixels as JSON, or a picture), <c>POST /predict/rows</c> (a CSV file), <c>GET /health</c> and
    /// <c>GET /metrics</c> (Prometheus's text format) for a scorer. Errors are returned as problem details (RFC 9457).
    /// </summary>
    /// <param name="app">An app, or a group with a route prefix.</param>
    /// <param name="scorer">The model. The caller keeps ownership and disposes it after the app.</param>
    /// <param name="options">Limits of the endpoints; null for the defaults.</param>
    /// <returns>The endpoints, for conventions such as authorization.</returns>
    /// <exception cref="InvalidOperationException">The endpoints are mapped here already: a further model needs a group with a prefix.</exception>
    public static RouteGroupBuilder MapDigitClassifier(this IEndpointRouteBuilder app, IDigitScorer scorer, DigitServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(scorer);
        options ??= new DigitServerOptions();
        var limiters = new RequestLimiters(options);
        app.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(limiters.Dispose);
        return Map(app, scorer, options, limiters, new ServerMetrics());
    }

    // The container disposes what a factory creates.
    private static IServiceCollection AddClassifier(this IServiceCollection services, Func<DigitClassifier> load, DigitServerOptions? options) => services
        .AddSingleton(_ => load())
        .AddSingleton<IDigitScorer>(provider => provider.GetRequiredService<DigitClassifier>())
        .AddParts(options);

    private static IServiceCollection AddParts(this IServiceCollection services, DigitServerOptions? options) =>
        services.AddSingleton(options ?? new DigitServerOptions()).AddSingleton<RequestLimiters>().AddSingleton<ServerMetrics>();

    private static RouteGroupBuilder Map(IEndpointRouteBuilder app, IDigitScorer scorer, DigitServerOptions options, RequestLimiters limiters, ServerMetrics metrics)
    {
        if (app.DataSources.OfType<Mapped>().Any()) throw new InvalidOperationException("MapDigitClassifier() was called twice for the same routes; map each further model in a group with a prefix: app.MapGroup(\"/letters\").MapDigitClassifier(...).");
        app.DataSources.Add(new Mapped());
        var model = new ServedModel(scorer, options);
        RouteGroupBuilder endpoints = app.MapGroup("");
        endpoints.AddEndpointFilter(new MeasuredRequests(metrics));
        new DrawingPage(model, options).Map(endpoints);
        new PredictEndpoint(model, options, limiters, metrics).Map(endpoints);
        new RowsEndpoint(model, options, limiters, metrics).Map(endpoints);
        endpoints.MapGet("/health", () => TypedResults.Text("Healthy")).ExcludeFromDescription();
        endpoints.MapGet("/metrics", () => TypedResults.Text(metrics.Text(), ServerMetrics.ContentType)).ExcludeFromDescription();
        return endpoints;
    }

    // Marks a builder whose routes are taken; reading its endpoints would end their configuration.
    private sealed class Mapped : EndpointDataSource
    {
        public override IReadOnlyList<Endpoint> Endpoints => [];

        public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
    }
}
