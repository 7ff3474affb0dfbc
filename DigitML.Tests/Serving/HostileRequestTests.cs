using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DigitML.Model.Images;
using DigitML.Server;
using Microsoft.AspNetCore.Builder;

namespace DigitML.Tests.Serving;

/// <summary>Requests that would take memory or time out of proportion to their size.</summary>
public class HostileRequestTests(ServedModel served) : IClassFixture<ServedModel>
{
    // 49 million white pixels with a black one in the middle: some 50 KB.
    private static readonly byte[] HugePicture = Picture(7000, 7000, (image) => image[24_503_500] = 0);

    // 551 MB of zeros in rows of 784: less than 1 MB.
    private static readonly byte[] GzipBomb = Gzip(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0,", 783)) + "0\n"), 351_400);

    [Fact]
    public async Task A_picture_of_too_many_pixels_is_refused_by_its_header()
    {
        byte[] picture = HugePicture;
        long began = Stopwatch.GetTimestamp();
        (HttpStatusCode status, string detail) = await RefusalAsync(served.Client, "predict", picture, "image/png");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Equal("the body declares 7000x7000 pixels; DigitML reads pictures of up to 4 million pixels and 65535 per side.", detail);
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(2), "A refusal by the header takes no time.");
    }

    [Theory]
    [InlineData("text/csv", null)]
    [InlineData("text/csv", "gzip")]
    [InlineData("application/gzip", null)]
    public async Task Gzip_that_unpacks_to_more_than_the_limit_is_refused(string type, string? coding)
    {
        (HttpStatusCode status, string detail) = await RefusalAsync(served.Client, "predict/rows", GzipBomb, type, coding);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "The unpacked body is larger than 64 MiB, the most that is accepted here; send less."), (status, detail));
    }

    [Fact]
    public async Task Gzip_within_the_limit_is_read_and_three_layers_are_not()
    {
        byte[] row = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0,", 783)) + "0\n");
        byte[] once = Gzip(row, 3), twice = Gzip(once, 1), thrice = Gzip(twice, 1);
        foreach ((byte[] body, string? coding) in new[] { (once, null), (once, "gzip"), (twice, "gzip") })
        {
            using HttpResponseMessage response = await PostAsync(served.Client, "predict/rows", body, "text/csv", coding);
            Assert.Equal(4, (await response.Content.ReadAsStringAsync()).TrimEnd().Split('\n').Length);
        }

        Assert.Equal((HttpStatusCode.BadRequest, "The body is gzip data inside gzip data; compress the file once."), await RefusalAsync(served.Client, "predict/rows", thrice, "text/csv", "gzip"));
        Assert.Equal((HttpStatusCode.BadRequest, "The gzip data of the body is truncated or damaged; send it again."), await RefusalAsync(served.Client, "predict/rows", once[..^12], "text/csv"));
    }

    [Fact]
    public async Task Rows_of_another_size_are_refused_before_they_are_read()
    {
        // Were they read first, the last row would be the reason.
        (HttpStatusCode status, string detail) = await RefusalAsync(served.Client, "predict/rows", "1,2,3,4\n1,2,3,x\n"u8.ToArray(), "text/csv");
        Assert.Equal((HttpStatusCode.BadRequest, "rows.csv: its images are 2x2; images of 28x28 are needed here."), (status, detail));
    }

    [Theory]
    [InlineData("predict", "application/json", "gzip", "identity")]
    [InlineData("predict", "image/png", "gzip", "identity")]
    [InlineData("predict/rows", "text/csv", "br", "gzip")]
    public async Task A_content_coding_that_is_not_known_is_refused(string path, string type, string coding, string accepted)
    {
        using HttpResponseMessage response = await PostAsync(served.Client, path, [1, 2, 3], type, coding);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal(accepted, response.Headers.GetValues("Accept-Encoding").Single());
    }

    [Fact]
    public async Task Hostile_requests_hold_up_no_one_and_take_little_memory()
    {
        // The largest picture that is accepted, all noise, is the most work.
        var random = new Random(1);
        byte[] noise = Picture(2000, 2000, image => Array.ForEach([.. Enumerable.Range(0, 120_000)], _ => image[random.Next(image.Length)] = 0));
        Assert.InRange(noise.Length, 1, new DigitServerOptions().MaxImageBytes);
        using HttpResponseMessage warm = await served.Client.PostAsJsonAsync("predict", new { pixels = new int[784] });
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        long before = process.WorkingSet64, most = 0;
        Task<HttpResponseMessage>[] hostile =
        [
            .. Enumerable.Range(0, 3).Select(_ => PostAsync(served.Client, "predict", HugePicture, "image/png")),
            .. Enumerable.Range(0, 3).Select(_ => PostAsync(served.Client, "predict/rows", GzipBomb, "text/csv")),
            .. Enumerable.Range(0, 2).Select(_ => PostAsync(served.Client, "predict", noise, "image/png")),
        ];
        Task<HttpResponseMessage[]> all = Task.WhenAll(hostile);
        do
        {
            long began = Stopwatch.GetTimestamp();
            using HttpResponseMessage good = await served.Client.PostAsJsonAsync("predict", new { pixels = new int[784] });
            Assert.Equal(HttpStatusCode.OK, good.StatusCode);
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(2), "A quick request waited for slow ones.");
            process.Refresh();
            most = Math.Max(most, process.WorkingSet64);
        }
        while (!all.IsCompleted);
        HttpResponseMessage[] answers = await all;
        Assert.True(most - before < 300L << 20, $"8 requests took {(most - before) >> 20} MB.");
        Assert.Equal([413, 413, 413, 413, 413, 413, 200, 200], answers.Select(answer => (int)answer.StatusCode));
        foreach (HttpResponseMessage answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Where_no_place_is_free_the_answer_is_503_with_a_time_and_other_kinds_are_served()
    {
        await using WebApplication app = await ServedModel.StartAsync(new DigitServerOptions { MaxPictureRequests = 1, MaxFileRequests = 1, MaxWaitingRequests = 0 });
        using HttpClient client = ServedModel.ClientOf(app);
        using TcpClient picture = await HoldAsync(client, "/predict", "image/png"), file = await HoldAsync(client, "/predict/rows", "text/csv");
        await UntilUnderWayAsync(client, 2);
        foreach ((string path, string type) in new[] { ("predict", "image/png"), ("predict/rows", "text/csv") })
        {
            using HttpResponseMessage response = await PostAsync(client, path, [1], type);
            Assert.Equal((path, HttpStatusCode.ServiceUnavailable), (path, response.StatusCode));
            Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        using HttpResponseMessage good = await client.PostAsJsonAsync("predict", new { pixels = new int[784] });
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_not_received_in_time_gets_408()
    {
        await using WebApplication app = await ServedModel.StartAsync(new DigitServerOptions { RequestTime = TimeSpan.FromSeconds(1) });
        using HttpClient client = ServedModel.ClientOf(app);
        using TcpClient sender = await HoldAsync(client, "/predict", "image/png");
        using var reader = new StreamReader(sender.GetStream());
        string answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.StartsWith("HTTP/1.1 408 Request Timeout", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_is_not_done_in_time_is_cancelled_and_gets_503()
    {
        using var scorer = new SlowScorer(TimeSpan.FromMilliseconds(300));
        await using WebApplication app = await ServedModel.StartAsync(new DigitServerOptions { RequestTime = TimeSpan.FromSeconds(1) }, scorer: scorer);
        using HttpClient client = ServedModel.ClientOf(app);
        byte[] rows = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1,2,3,204\n", 20_000)));
        using HttpResponseMessage response = await PostAsync(client, "predict/rows", rows, "text/csv");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);

        // 20 batches of 300 ms; those after the time were not scored.
        Assert.InRange(scorer.Batches, 1, 8);
    }

    private static async Task<TcpClient> HoldAsync(HttpClient client, string path, string type)
    {
        var sender = new TcpClient("127.0.0.1", client.BaseAddress!.Port);
        await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: 100000\r\n\r\nx"));
        return sender;
    }

    // The request for the metrics is under way as well.
    private static async Task UntilUnderWayAsync(HttpClient client, int held)
    {
        for (int i = 0; i < 200; i++)
        {
            if ((await client.GetStringAsync("metrics")).Contains($"digitml_requests_under_way {held + 1}\n", StringComparison.Ordinal)) return;
            await Task.Delay(20);
        }

        Assert.Fail("The held requests did not arrive.");
    }

    private static async Task<(HttpStatusCode Status, string Detail)> RefusalAsync(HttpClient client, string path, byte[] body, string type, string? coding = null)
    {
        using HttpResponseMessage response = await PostAsync(client, path, body, type, coding);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, byte[] body, string type, string? coding = null)
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        if (coding is not null) content.Headers.ContentEncoding.Add(coding);
        return client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    private static byte[] Picture(int height, int width, Action<byte[]> draw)
    {
        byte[] pixels = new byte[height * width];
        Array.Fill<byte>(pixels, 255);
        draw(pixels);
        using var file = new MemoryStream();
        new DigitImage(height, width, pixels).SavePng(file);
        return file.ToArray();
    }

    private static byte[] Gzip(byte[] part, int times)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            for (int i = 0; i < times; i++) gzip.Write(part);
        }

        return packed.ToArray();
    }
}
