using System.Diagnostics;
using System.Threading.RateLimiting;
using DigitML.Model;
using DigitML.Model.Images;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace DigitML.Server;

/// <summary><c>POST /predict</c>: one image, as the numbers of its pixels or as a picture.</summary>
internal sealed class PredictEndpoint(ServedModel model, DigitServerOptions options, RequestLimiters limiters, ServerMetrics metrics)
{
    private static readonly string[] PictureTypes = ["image/png", "image/jpeg", "image/bmp", "image/x-ms-bmp", "image/x-portable-graymap", "image/x-portable-pixmap"];

    internal void Map(IEndpointRouteBuilder app)
    {
        RequestGuard.RefuseOtherTypes(app, "/predict", ["application/json", .. PictureTypes]);
        app.MapPost("/predict", (HttpRequest request) => RequestGuard.RunAsync(request.HttpContext, options.RequestTime, cancellation => AnswerAsync(request, cancellation)))
            .WithSummary("Predicts one image.")
            .WithDescription("Takes the pixels of an image of the model's size as JSON, 0 (background) to 255 (ink), row by row; or a picture of any size, dark on light or light on dark.")
            .Accepts<PixelsRequest>("application/json", PictureTypes)
            .Produces<PredictionAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxImageBytes));
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            request.HttpContext.Response.Headers.AcceptEncoding = "identity";
            throw new RequestRefusedException(StatusCodes.Status415UnsupportedMediaType, "The body has a content coding; send an image without Content-Encoding.");
        }

        bool isJson = request.HasJsonContentType();
        RequestLimiter limiter = isJson ? limiters.Pixels : limiters.Pictures;
        using RateLimitLease lease = await limiter.AdmitAsync(cancellation);
        using var body = new MemoryStream();
        await RequestBody.CopyAsync(request, body, options.MaxImageBytes, cancellation);
        body.Position = 0;
        if (isJson)
        {
            float[] pixels = PixelsRequest.Read(body, model.Height, model.Width);
            return Answer(() => model.Predict(pixels), seen: null);
        }

        byte[] seen = await limiter.WorkAsync(() => Decode(body, cancellation), cancellation);
        return Answer(() => model.Predict(seen), seen);
    }

    private byte[] Decode(MemoryStream body, CancellationToken cancellation)
    {
        try
        {
            DigitImage picture = DigitImage.Load(body, new DigitImageLimits { MaxPixels = options.MaxPicturePixels }, "the body", cancellation);
            return DigitPreparation.Prepare(picture, model.Height, model.Width, cancellation).Pixels;
        }
        catch (DigitImageTooLargeException failure)
        {
            throw new RequestRefusedException(StatusCodes.Status413PayloadTooLarge, failure.Message);
        }
    }

    private Ok<PredictionAnswer> Answer(Func<DigitPrediction> predict, byte[]? seen)
    {
        long began = Stopwatch.GetTimestamp();
        DigitPrediction prediction = predict();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        metrics.CountPredictions(1);
        return TypedResults.Ok(PredictionAnswer.Of(prediction, model.Labels, elapsed, seen));
    }
}
