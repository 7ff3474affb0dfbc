using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace OnnxRuntimePeer;

/// <summary>
/// ONNX Runtime behind the same endpoint as that of <c>digitml serve</c>: POST /predict with {"pixels": [...]}, answered with the label and the scores. ONNX Runtime gets one
/// thread per request, as in DigitML; more threads would only wait for each other.
/// </summary>
internal static class Server
{
    /// <summary>Serves until the process ends. Prints a line once it is listening.</summary>
    /// <param name="path">The model file.</param>
    /// <param name="port">The port on 127.0.0.1.</param>
    internal static void Run(string path, int port)
    {
        using var model = new PeerModel(path, threads: 1);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        using WebApplication app = builder.Build();
        app.MapPost("/predict", (Request request) =>
        {
            if (request.Pixels?.Length != model.Height * model.Width) return Results.BadRequest();
            Score[] ranked = [.. model.Predict(request.Pixels, 1).Select((score, key) => new Score(key.ToString(CultureInfo.InvariantCulture), score)).OrderByDescending(score => score.Value)];
            return Results.Json(new Answer(ranked[0].Label, ranked[0].Value, ranked));
        });
        app.Start();
        Console.WriteLine($"ONNX Runtime {OrtEnv.Instance().GetVersionString()}, listening on http://127.0.0.1:{port}/");
        app.WaitForShutdown();
    }

    private sealed record Request(float[]? Pixels);

    private sealed record Answer(string Label, float Score, Score[] Scores);

    private sealed record Score(string Label, [property: JsonPropertyName("score")] float Value);
}
