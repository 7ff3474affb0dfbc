using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DigitML.Benchmarks;

/// <summary>Requests that the web API must refuse, one connection per kind, sent again as soon as they are answered.</summary>
internal static class BadRequests
{
    private const string Json = "application/json";
    private const int HundredMegabytes = 100_000_000, Chunk = 65_536;

    private static readonly Kind[] Kinds =
    [
        new("wrong number of pixels", 400, "POST /predict", Json, """{"pixels":[0,255]}"""),
        new("broken JSON", 400, "POST /predict", Json, """{"pixels":[0,"""),
        new("not a picture", 400, "POST /predict", "image/png", "seven"),
        new("wrong content type", 415, "POST /predict", "text/html", "<p>seven</p>"),
        new("a path outside the folder", 404, "GET /../../etc/passwd", Json, ""),
        new("the same path, encoded", 404, "GET /..%2f..%2fetc/passwd", Json, ""),
        new("wrong method", 405, "DELETE /predict", Json, ""),
        new("100 MB", 413, "POST /predict", Json, "", HundredMegabytes),
        new("one byte per second", 408, "POST /predict", Json, "", Chunk, TimeSpan.FromSeconds(1)),
    ];

    /// <summary>Sends every kind until stopped.</summary>
    /// <param name="port">Port of the server on this machine.</param>
    /// <param name="stop">Stops the sending; requests in progress are abandoned.</param>
    /// <returns>How the requests of each kind were answered.</returns>
    internal static Task<Refusals[]> SendAsync(int port, CancellationToken stop) => Task.WhenAll(Kinds.Select(kind => Task.Run(() => SendAsync(kind, port, stop))));

    private static async Task<Refusals> SendAsync(Kind kind, int port, CancellationToken stop)
    {
        int refused = 0, otherwise = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await StatusOfAsync(kind, port, stop) == kind.Status) refused++;
                else otherwise++;
            }
            catch (OperationCanceledException)
            {
            }
        }

        return new Refusals(kind.Name, kind.Status, refused, otherwise);
    }

    // Over a plain socket: a client library would normalise paths, and would stop sending a body that the server does not read to the end.
    private static async Task<int> StatusOfAsync(Kind kind, int port, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, stop);
        NetworkStream stream = client.GetStream();
        int length = kind.UnsentBytes > 0 ? kind.UnsentBytes : Encoding.ASCII.GetByteCount(kind.Body);
        string request = $"{kind.Target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {kind.ContentType}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{kind.Body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), stop);
        var answer = new byte["HTTP/1.1 400".Length];
        Task answered = stream.ReadExactlyAsync(answer, stop).AsTask();
        byte[] more = new byte[kind.Pause > TimeSpan.Zero ? 1 : Chunk];
        for (int sent = 0; sent < kind.UnsentBytes && !answered.IsCompleted; sent += more.Length)
        {
            if (kind.Pause > TimeSpan.Zero) await Task.WhenAny(answered, Task.Delay(kind.Pause, stop));
            try
            {
                await stream.WriteAsync(more, stop);
            }
            catch (IOException)
            {
                break;
            }
        }

        try
        {
            await answered;
        }
        catch (IOException)
        {
            return 0;
        }

        return int.Parse(Encoding.ASCII.GetString(answer)[^3..], CultureInfo.InvariantCulture);
    }

    /// <param name="Name">The fault.</param>
    /// <param name="Status">The status that is the right answer.</param>
    /// <param name="Target">Method and path.</param>
    /// <param name="ContentType">Content type of the body.</param>
    /// <param name="Body">The body, sent at once.</param>
    /// <param name="UnsentBytes">Length of a body that is sent later, in pieces.</param>
    /// <param name="Pause">Pause between its pieces, which are then one byte each; without a pause they are large.</param>
    private sealed record Kind(string Name, int Status, string Target, string ContentType, string Body, int UnsentBytes = 0, TimeSpan Pause = default);

    /// <param name="Name">The fault.</param>
    /// <param name="Status">The expected status.</param>
    /// <param name="Refused">Requests that got it.</param>
    /// <param name="Otherwise">Requests that got another answer, or none.</param>
    internal sealed record Refusals(string Name, int Status, int Refused, int Otherwise);
}
