using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model;
using DigitML.Model.Images;
using DigitML.Data.Predictions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace DigitML.Server;

/// <summary>The HTTP API: one image, or a CSV file of them.</summary>
internal static class PredictEndpoints
{
    // Rows predicted at a time; between them a request that was given up ends.
    private const int RowsAtOnce = 1000;

    private static readonly string[] PictureTypes = ["image/png", "image/bmp", "image/x-ms-bmp", "image/x-portable-graymap", "image/x-portable-pixmap"];

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/predict", PredictOneAsync)
            .WithSummary("Reads one image.")
            .WithDescription("Takes the pixels of an image of the model's size as JSON, 0 (background) to 255 (ink), row by row; or a picture of any size, dark on light or light on dark.")
            .Accepts<PixelsRequest>("application/json", PictureTypes);
        app.MapPost("/predict/rows", PredictRowsAsync)
            .WithSummary("Reads the rows of a CSV file.")
            .WithDescription("Takes a CSV file as Kaggle's, with or without labels and header, and gives ImageId,Label with ids from 1.")
            .Accepts<string>("text/csv")
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .WithMetadata(new RequestSizeLimitAttribute(ServerLimits.RowsBytes));
    }

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> PredictOneAsync(
        HttpRequest request, DigitClassifier classifier, ServerMetrics metrics, WorkPlaces places, CancellationToken cancellation)
    {
        try
        {
            if (request.HasJsonContentType())
            {
                float[] pixels = await ReadPixelsAsync(request, classifier, cancellation);
                return AnswerOf(classifier, metrics, () => classifier.Predict(pixels), seen: null);
            }

            using MemoryStream picture = await ReadBodyAsync(request, cancellation);
            byte[] seen = await places.RunAsync(() => DigitImage.Load(picture, "the body").Prepare(classifier.Height, classifier.Width).Pixels, cancellation);
            return AnswerOf(classifier, metrics, () => classifier.Predict(seen), seen);
        }
        catch (Exception failure) when (failure is JsonException or DigitMLException)
        {
            return Refuse(failure.Message);
        }
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PredictRowsAsync(
        HttpRequest request, DigitClassifier classifier, ServerMetrics metrics, WorkPlaces places, CancellationToken cancellation)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("digitml-rows-").FullName, "rows.csv");
        try
        {
            await using (FileStream copy = File.Create(file)) await request.Body.CopyToAsync(copy, cancellation);
            (string submission, int rows) = await places.RunAsync(() => SubmissionOf(file, classifier, cancellation), cancellation);
            metrics.CountPredictions(rows);
            return TypedResults.File(Encoding.UTF8.GetBytes(submission), "text/csv", "submission.csv");
        }
        catch (DigitMLException failure)
        {
            // The path of the copy is nobody's business.
            return Refuse(failure.Message.Replace(file, "rows.csv", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static Ok<Answer> AnswerOf(DigitClassifier classifier, ServerMetrics metrics, Func<DigitPrediction> predict, byte[]? seen)
    {
        long began = Stopwatch.GetTimestamp();
        DigitPrediction prediction = predict();
        double milliseconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 3);
        metrics.CountPredictions(1);
        LabelScore[] scores = [.. prediction.Scores.Select((score, key) => new LabelScore(classifier.Labels[key], score)).OrderByDescending(labelled => labelled.Score)];
        return TypedResults.Ok(new Answer(prediction.Label, prediction.Score, scores, milliseconds, seen));
    }

    private static (string Submission, int Rows) SubmissionOf(string file, DigitClassifier classifier, CancellationToken cancellation)
    {
        DigitDataset rows = DigitFiles.Read(file);
        if (rows.Height != classifier.Height || rows.Width != classifier.Width)
        {
            throw new DigitMLException($"The rows are images of {rows.Height}x{rows.Width}; the model takes {classifier.Height}x{classifier.Width}.");
        }

        var scores = new float[rows.Count * classifier.ClassCount];
        for (int first = 0; first < rows.Count; first += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(RowsAtOnce, rows.Count - first);
            classifier.PredictBatch(
                rows.Pixels.AsSpan(first * classifier.PixelCount, count * classifier.PixelCount), count, scores.AsSpan(first * classifier.ClassCount, count * classifier.ClassCount));
        }

        return (new PredictionTable(classifier.Labels, scores, WithScores: false).ToCsv(), rows.Count);
    }

    private static async Task<float[]> ReadPixelsAsync(HttpRequest request, DigitClassifier classifier, CancellationToken cancellation)
    {
        // Not read as JSON at once: such a read is given up when the server is asked to stop.
        using MemoryStream content = await ReadBodyAsync(request, cancellation);
        var body = JsonSerializer.Deserialize<PixelsRequest>(content, JsonSerializerOptions.Web);
        if (body?.Pixels is not { } pixels) throw new DigitMLException($"The body has no \"pixels\"; it is {{\"pixels\": [{classifier.PixelCount} numbers from 0 to 255]}}.");
        if (pixels.Length != classifier.PixelCount) throw new DigitMLException($"pixels has {pixels.Length} numbers; an image has {classifier.PixelCount}, {classifier.Height} rows of {classifier.Width}.");
        int wrong = Array.FindIndex(pixels, pixel => pixel is not (>= 0 and <= 255));
        return wrong < 0 ? pixels : throw new DigitMLException($"pixels[{wrong}] is {pixels[wrong]}; a pixel is from 0 to 255.");
    }

    private static async Task<MemoryStream> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        body.Position = 0;
        return body;
    }

    private static ProblemHttpResult Refuse(string reason) => TypedResults.Problem(reason, statusCode: StatusCodes.Status400BadRequest);

    /// <summary>An image as numbers.</summary>
    /// <param name="Pixels">0 (background) to 255 (ink), row by row from the top left.</param>
    internal sealed record PixelsRequest(float[]? Pixels);

    /// <summary>What the model takes an image for.</summary>
    /// <param name="Label">The label with the highest score.</param>
    /// <param name="Score">Its score, 0 to 1.</param>
    /// <param name="Scores">Every label with its score, the best first.</param>
    /// <param name="Milliseconds">What predicting took.</param>
    /// <param name="Seen">What the model saw of a picture, a byte a pixel, row by row; null where pixels were sent.</param>
    internal sealed record Answer(string Label, float Score, LabelScore[] Scores, double Milliseconds, byte[]? Seen);

    /// <summary>A label and its score, 0 to 1.</summary>
    internal sealed record LabelScore(string Label, float Score);
}
