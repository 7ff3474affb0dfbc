using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model;
using DigitML.Data.Predictions;
using DigitML.Server;
using Microsoft.AspNetCore.Builder;

namespace DigitML.Tests.Serving;

public class DigitServerTests(ServedModel served) : IClassFixture<ServedModel>
{
    private static readonly DigitDataset Digits = DigitFiles.Read(RepositoryFolder.PathOf("data/mnist-test.csv.gz")).Subset("digits", [.. Enumerable.Range(0, 300)]);

    [Fact]
    public async Task Pixels_get_the_answer_of_the_classifier()
    {
        for (int row = 0; row < 20; row++)
        {
            JsonElement answer = await ReadAsync(await served.Client.PostAsJsonAsync("predict", new { pixels = Digits.Image(row).ToArray().Select(pixel => (int)pixel) }));
            DigitPrediction expected = DigitClassifier.Default.Predict(Digits.Image(row));
            Assert.Equal((expected.Label, expected.Score), (answer.GetProperty("label").GetString(), answer.GetProperty("score").GetSingle()));
            Assert.Equal(expected.Scores.OrderDescending(), answer.GetProperty("scores").EnumerateArray().Select(labelled => labelled.GetProperty("score").GetSingle()));
            Assert.Equal(JsonValueKind.Null, answer.GetProperty("seen").ValueKind);
        }
    }

    [Theory]
    [InlineData("Files/palette-4.png", "image/png")]
    [InlineData("Jpegs/seven.jpg", "image/jpeg")]
    public async Task A_picture_gets_the_answer_of_the_classifier_and_shows_what_it_saw(string name, string type)
    {
        byte[] file = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Images", name));
        JsonElement answer = await ReadAsync(await PostAsync("predict", file, type));
        using var stream = new MemoryStream(file);
        byte[] seen = DigitML.Model.Images.DigitImage.Load(stream).Prepare().Pixels;
        Assert.Equal(seen, answer.GetProperty("seen").GetBytesFromBase64());
        Assert.Equal(DigitClassifier.Default.Predict(seen).Score, answer.GetProperty("score").GetSingle());
    }

    [Fact]
    public async Task Rows_get_the_submission_that_predict_writes()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("digitml-").FullName, "rows.csv");
        CsvDigitWriter.Write(file, Digits);
        using HttpResponseMessage response = await PostAsync("predict/rows", await File.ReadAllBytesAsync(file), "text/csv");
        float[] scores = new float[Digits.Count * 10];
        DigitClassifier.Default.PredictBatch(Digits.Pixels, Digits.Count, scores);
        Assert.Equal(new PredictionTable(Digits.LabelMap, scores, WithScores: false).ToCsv(), await response.Content.ReadAsStringAsync());
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData("predict", "application/json", "{\"pixels\":[1,2]}", 400, "pixels has 2 numbers; an image has 784, 28 rows of 28.")]
    [InlineData("predict", "application/json", "{\"pixels\":", 400, "The body is not valid; it must be {\"pixels\": [784 numbers from 0 to 255]}.")]
    [InlineData("predict", "application/json", "{", 400, "The body is not valid; it must be {\"pixels\": [784 numbers from 0 to 255]}.")]
    [InlineData("predict", "application/json", "", 400, "The body is not valid; it must be {\"pixels\": [784 numbers from 0 to 255]}.")]
    [InlineData("predict", "application/json", "[1,2]", 400, "The body is not valid; it must be {\"pixels\": [784 numbers from 0 to 255]}.")]
    [InlineData("predict", "application/json", "{\"pixels\":\"x\"}", 400, "The body is not valid; it must be {\"pixels\": [784 numbers from 0 to 255]}.")]
    [InlineData("predict", "application/json", "{\"pixels\":[[[[1]]]]}", 400, "The body is not valid; it must be {\"pixels\": [784 numbers from 0 to 255]}.")]
    [InlineData("predict", "application/json", "{\"pixels\":[null]}", 400, "The body is not valid; it must be {\"pixels\": [784 numbers from 0 to 255]}.")]
    [InlineData("predict", "application/json", "{\"image\":[]}", 400, "The body has no \"pixels\"; it must be {\"pixels\": [784 numbers from 0 to 255]}.")]
    [InlineData("predict", "application/json", "null", 400, "The body has no \"pixels\"")]
    [InlineData("predict", "image/png", "no picture", 400, "the body is not a picture in a supported format")]
    [InlineData("predict", "image/png", "", 400, "the body is empty")]
    [InlineData("predict", "text/plain", "7", 415, "The content type is not accepted here; it must be one of application/json, image/png, image/jpeg, image/bmp, ")]
    [InlineData("predict/rows", "application/json", "7", 415, "The content type is not accepted here; it must be one of text/csv, application/gzip.")]
    [InlineData("predict/rows", "text/csv", "label,pixel0\n1,2x\n", 400, "rows.csv: its images are 1x1; images of 28x28 are needed here.")]
    [InlineData("predict/rows", "text/csv", "1,2,3,4\n", 400, "rows.csv: its images are 2x2; images of 28x28 are needed here.")]
    [InlineData("predict/rows", "text/csv", "", 400, "rows.csv")]
    [InlineData("nope", "text/csv", "", 404, "")]
    [InlineData("%2e%2e/%2e%2e/etc/passwd", "text/csv", "", 404, "")]
    public async Task A_bad_request_gets_problem_details(string path, string type, string body, int status, string detail)
    {
        using HttpResponseMessage response = await PostAsync(path, Encoding.UTF8.GetBytes(body), type);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        string text = problem.TryGetProperty("detail", out JsonElement given) ? given.GetString()! : "";
        Assert.Contains(detail, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_breaks_a_rule_is_named_by_its_line()
    {
        string zeros = string.Concat(Enumerable.Repeat("0,", 783));
        using HttpResponseMessage response = await PostAsync("predict/rows", Encoding.ASCII.GetBytes($"{zeros}0\n{zeros}2x\n"), "text/csv");
        Assert.Equal("rows.csv:2: pixel783 is \"2x\"; a pixel is a number, such as 0 to 255.", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_number_that_is_no_pixel_is_named()
    {
        using HttpResponseMessage response = await served.Client.PostAsJsonAsync("predict", new { pixels = Enumerable.Range(0, 784).Select(i => i == 5 ? 256.5 : 0) });
        Assert.Equal("pixels[5] is 256.5; a pixel is from 0 to 255.", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Pixels_divided_by_255_are_refused()
    {
        foreach (double ink in new[] { 1, 0.5 })
        {
            using HttpResponseMessage response = await served.Client.PostAsJsonAsync("predict", new { pixels = Enumerable.Range(0, 784).Select(i => i == 5 ? ink : 0) });
            Assert.Equal("No pixel is above 1; pixels must be from 0 (background) to 255 (ink): multiply them by 255.", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
        }
    }

    [Fact]
    public async Task The_description_has_the_programs_name() => Assert.Equal(
        "DigitML", (await served.Client.GetFromJsonAsync<JsonElement>("openapi/v1.json")).GetProperty("info").GetProperty("title").GetString());

    [Theory]
    [InlineData("predict", "image/png", 4 << 20)]
    [InlineData("predict", "application/json", 4 << 20)]
    [InlineData("predict/rows", "text/csv", 64 << 20)]
    public async Task A_body_that_is_too_large_is_refused(string path, string type, int bytes)
    {
        using HttpResponseMessage response = await PostAsync(path, new byte[bytes + 1], type);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        string detail = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
        Assert.Equal($"The body is larger than {bytes >> 20} MiB, the most that is accepted here; send less.", detail);
    }

    [Fact]
    public async Task Another_host_name_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "elsewhere.example" } };
        using HttpResponseMessage response = await served.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Pages_come_with_a_policy_that_lets_nothing_in_from_elsewhere()
    {
        foreach ((string path, string type) in new[] { ("", "text/html"), ("draw.css", "text/css"), ("draw.js", "text/javascript"), ("report", "text/html") })
        {
            using HttpResponseMessage response = await served.Client.GetAsync(path);
            Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
            Assert.StartsWith("default-src 'none'; ", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }

        Assert.DoesNotContain("{{", await served.Client.GetStringAsync(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_metrics_and_description_are_there()
    {
        Assert.Equal("Healthy", await served.Client.GetStringAsync("health"));
        JsonElement api = await served.Client.GetFromJsonAsync<JsonElement>("openapi/v1.json");
        Assert.Equal(["/predict", "/predict/rows"], api.GetProperty("paths").EnumerateObject().Select(path => path.Name));

        long before = await PredictionsAsync();
        (await served.Client.PostAsJsonAsync("predict", new { pixels = new int[784] })).Dispose();
        Assert.InRange(await PredictionsAsync(), before + 1, long.MaxValue);
        string metrics = await served.Client.GetStringAsync("metrics");
        Assert.Matches("digitml_requests_total\\{status=\"200\"\\} [1-9]", metrics);
        Assert.Matches("digitml_request_seconds_bucket\\{le=\"\\+Inf\"\\} [1-9]", metrics);

        async Task<long> PredictionsAsync() => long.Parse((await served.Client.GetStringAsync("metrics")).Split('\n').First(line => line.StartsWith("digitml_predictions_total ", StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Slow_senders_are_refused_while_others_are_served()
    {
        await using WebApplication app = await ServedModel.StartAsync(limits: new KestrelLimits { SlowTime = TimeSpan.FromSeconds(1.5), SlowestBytesPerSecond = 1000 });
        using HttpClient client = ServedModel.ClientOf(app);
        var slow = new List<TcpClient>();
        for (int i = 0; i < 50; i++)
        {
            var sender = new TcpClient("127.0.0.1", client.BaseAddress!.Port);
            slow.Add(sender);
            await sender.GetStream().WriteAsync("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 100000\r\n\r\nx"u8.ToArray());
        }

        for (int i = 0; i < 20; i++)
        {
            using HttpResponseMessage good = await client.PostAsJsonAsync("predict", new { pixels = new int[784] });
            Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        }

        foreach (TcpClient sender in slow)
        {
            using var reader = new StreamReader(sender.GetStream());
            Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)));
            sender.Dispose();
        }
    }

    [Fact]
    public async Task A_request_under_way_is_answered_before_the_server_stops()
    {
        await using WebApplication app = await ServedModel.StartAsync();
        int port = DigitServer.AddressOf(app).Port;
        using var sender = new TcpClient("127.0.0.1", port);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { pixels = new int[784] });
        await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        await sender.GetStream().WriteAsync(body.AsMemory(0, 100));
        await Task.Delay(200);
        Task stopping = app.StopAsync();
        await Task.Delay(200);
        await sender.GetStream().WriteAsync(body.AsMemory(100));
        using var reader = new StreamReader(sender.GetStream());
        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync());
        await stopping;
    }

    [Fact]
    public async Task An_address_in_use_is_told_in_one_line()
    {
        string url = served.Address.ToString();
        DigitMLException failure = await Assert.ThrowsAsync<DigitMLException>(() => DigitServer.StartAsync(DigitClassifier.Default, new DigitServerOptions(), ListenAddress.Parse(url), new KestrelLimits()));
        Assert.Equal($"Cannot listen on {url}: Address already in use; choose another address with --urls.", failure.Message);
    }

    private Task<HttpResponseMessage> PostAsync(string path, byte[] body, string type) =>
        served.Client.PostAsync(new Uri(path, UriKind.Relative), new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } });

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
