using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model;
using DigitML.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DigitML.Tests.Serving;

/// <summary>The recogniser in an app of one's own.</summary>
public class DigitServerExtensionsTests
{
    private static readonly object Blank = new { pixels = new int[784] };

    [Fact]
    public async Task An_app_serves_the_default_model_with_two_lines()
    {
        await using WebApplication app = await StartAsync(services => services.AddDigitClassifier(), app => app.MapDigitClassifier());
        using HttpClient client = ServedModel.ClientOf(app);
        JsonElement answer = await AnswerAsync(client, "predict", Blank);
        Assert.Equal(DigitClassifier.Default.Predict(new byte[784]).Label, answer.GetProperty("label").GetString());
        Assert.Same(app.Services.GetRequiredService<DigitClassifier>(), app.Services.GetRequiredService<IDigitScorer>());

        // There is no description in this app, so the page has no link to one.
        Assert.DoesNotContain("HTTP API", await client.GetStringAsync(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_comes_from_a_file_or_a_stream_and_ends_with_the_app()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("digitml-").FullName, "model.onnx");
        DigitClassifier.Default.Model.Save(file);
        using FileStream stream = File.OpenRead(file);
        foreach (Action<IServiceCollection> add in new Action<IServiceCollection>[] { services => services.AddDigitClassifier(file), services => services.AddDigitClassifier(stream, null) })
        {
            WebApplication app = await StartAsync(add, app => app.MapDigitClassifier());
            DigitClassifier classifier = app.Services.GetRequiredService<DigitClassifier>();
            using (HttpClient client = ServedModel.ClientOf(app)) await AnswerAsync(client, "predict", Blank);
            await app.DisposeAsync();
            Assert.Throws<ObjectDisposedException>(() => classifier.Predict(new byte[784]));
        }

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task A_scorer_of_any_kind_is_served_below_a_prefix()
    {
        using var scorer = new SlowScorer(TimeSpan.Zero);
        await using WebApplication app = await StartAsync(_ => { }, app => app.MapGroup("/digits").MapDigitClassifier(scorer, new DigitServerOptions { ModelName = "a <b> {{base}}" }));
        using HttpClient client = ServedModel.ClientOf(app);
        Assert.Equal("1", (await AnswerAsync(client, "digits/predict", new { pixels = new[] { 0, 1, 2, 255 } })).GetProperty("label").GetString());
        string page = await client.GetStringAsync("digits");
        Assert.Contains("href=\"/digits/draw.css\"", page, StringComparison.Ordinal);
        Assert.Contains("a &lt;b&gt; &#123;&#123;base}}, 2 classes, images of 2x2", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("digits/draw.js")).StatusCode);
        Assert.Equal("Healthy", await client.GetStringAsync("digits/health"));
    }

    [Fact]
    public async Task A_scorer_of_bytes_does_not_round_silently()
    {
        using var scorer = new SlowScorer(TimeSpan.Zero);
        await using WebApplication app = await StartAsync(_ => { }, app => app.MapDigitClassifier(scorer));
        using HttpClient client = ServedModel.ClientOf(app);
        using HttpResponseMessage response = await client.PostAsJsonAsync("predict", new { pixels = new[] { 0, 12.5, 2, 255 } });
        Assert.Equal((HttpStatusCode.BadRequest, "pixels[1] is 12.5; this model accepts only whole numbers from 0 to 255: round them."), (response.StatusCode, await DetailAsync(response)));
    }

    [Fact]
    public async Task Fractions_reach_a_classifier_as_they_are()
    {
        await using WebApplication app = await StartAsync(services => services.AddDigitClassifier(), app => app.MapDigitClassifier());
        using HttpClient client = ServedModel.ClientOf(app);
        float[] pixels = [.. Enumerable.Range(0, 784).Select(i => i % 28 is > 10 and < 16 ? 100.5f : 0)];
        Assert.Equal(DigitClassifier.Default.Predict(pixels).Score, (await AnswerAsync(client, "predict", new { pixels })).GetProperty("score").GetSingle());
    }

    [Fact]
    public async Task A_model_without_finite_scores_is_a_failure_of_the_server()
    {
        using var scorer = new FailingScorer();
        await using WebApplication app = await StartAsync(_ => { }, app => app.MapDigitClassifier(scorer));
        using HttpClient client = ServedModel.ClientOf(app);
        foreach ((string path, HttpContent body) in new (string, HttpContent)[]
        {
            ("predict", JsonContent.Create(new { pixels = new int[4] })),
            ("predict", new ByteArrayContent("P5 3 3 255 "u8.ToArray().Concat(new byte[] { 255, 255, 255, 255, 0, 255, 255, 255, 255 }).ToArray()) { Headers = { ContentType = new("image/x-portable-graymap") } }),
            ("predict/rows", new ByteArrayContent("1,2,3,204\n"u8.ToArray()) { Headers = { ContentType = new("text/csv") } }),
        })
        {
            using HttpResponseMessage response = await client.PostAsync(new Uri(path, UriKind.Relative), body);
            string text = await response.Content.ReadAsStringAsync();
            Assert.Equal((HttpStatusCode.InternalServerError, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Equal("The model's scores are not finite numbers.", await DetailAsync(response));
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Mapping_without_the_services_says_what_is_missing()
    {
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(_ => { }, app => app.MapDigitClassifier()));
        Assert.Equal("MapDigitClassifier() needs services.AddDigitClassifier(...) before the app is built.", failure.Message);
    }

    [Fact]
    public async Task Mapping_twice_is_refused_and_a_group_is_the_way_out()
    {
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(services => services.AddDigitClassifier(), app =>
        {
            app.MapDigitClassifier();
            app.MapDigitClassifier();
        }));
        Assert.Equal(
            "MapDigitClassifier() was called twice for the same routes; map each further model in a group with a prefix: app.MapGroup(\"/letters\").MapDigitClassifier(...).", failure.Message);
        await using WebApplication app = await StartAsync(services => services.AddDigitClassifier(), app =>
        {
            app.MapDigitClassifier();
            app.MapGroup("/letters").MapDigitClassifier();
        });
        using HttpClient client = ServedModel.ClientOf(app);
        await AnswerAsync(client, "predict", Blank);
        await AnswerAsync(client, "letters/predict", Blank);
    }

    [Fact]
    public void A_limit_that_lets_nothing_through_is_refused()
    {
        Assert.StartsWith("MaxImageBytes is 0; it must be 1 or more.", Refused("MaxImageBytes", () => new DigitServerOptions { MaxImageBytes = 0 }), StringComparison.Ordinal);
        Refused("MaxPicturePixels", () => new DigitServerOptions { MaxPicturePixels = -1 });
        Refused("MaxFileBytes", () => new DigitServerOptions { MaxFileBytes = 0 });
        Refused("MaxPixelRequests", () => new DigitServerOptions { MaxPixelRequests = 0 });
        Refused("MaxPictureRequests", () => new DigitServerOptions { MaxPictureRequests = 0 });
        Refused("MaxFileRequests", () => new DigitServerOptions { MaxFileRequests = 0 });
        Refused("MaxPicturesAtWork", () => new DigitServerOptions { MaxPicturesAtWork = 0 });
        Refused("MaxFilesAtWork", () => new DigitServerOptions { MaxFilesAtWork = 0 });
        Refused("MaxWaitingRequests", () => new DigitServerOptions { MaxWaitingRequests = -1 });
        Refused("RequestTime", () => new DigitServerOptions { RequestTime = TimeSpan.Zero });
        Refused("RequestTime", () => new DigitServerOptions { RequestTime = TimeSpan.FromDays(30) });
        Assert.Equal(0, new DigitServerOptions { MaxWaitingRequests = 0 }.MaxWaitingRequests);

        static string Refused(string name, Func<DigitServerOptions> make) => Assert.Throws<ArgumentOutOfRangeException>(name, make).Message;
    }

    private static async Task<WebApplication> StartAsync(Action<IServiceCollection> add, Action<WebApplication> map)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
        add(builder.Services);
        WebApplication app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }

    private static async Task<JsonElement> AnswerAsync(HttpClient client, string path, object body)
    {
        using HttpResponseMessage response = await client.PostAsJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string?> DetailAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString();

    private sealed class FailingScorer : IDigitScorer
    {
        public LabelMap Labels { get; } = new(["0", "1"]);

        public int Height => 2;

        public int Width => 2;

        public void PredictBatch(ReadOnlySpan<byte> pixels, int count, Span<float> scores) => throw new DigitMLException("The model's scores are not finite numbers.");

        public void Dispose()
        {
        }
    }
}
