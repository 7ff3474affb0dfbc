using System.Text;
using System.Threading.RateLimiting;
using DigitML.Data;
using DigitML.Data.Rows;
using DigitML.Data.Predictions;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace DigitML.Server;

/// <summary><c>POST /predict/rows</c>: a CSV file of images, plain or gzipped.</summary>
internal sealed class RowsEndpoint(ServedModel model, DigitServerOptions options, RequestLimiters limiters, ServerMetrics metrics)
{
    // Rows predicted at a time; cancellation is checked in between.
    private const int RowsAtOnce = 1000;

    internal void Map(IEndpointRouteBuilder app)
    {
        RequestGuard.RefuseOtherTypes(app, "/predict/rows", ["text/csv", "application/gzip"]);
        app.MapPost("/predict/rows", (HttpRequest request) => RequestGuard.RunAsync(request.HttpContext, options.RequestTime, cancellation => AnswerAsync(request, cancellation)))
            .WithSummary("Predicts the rows of a CSV file.")
            .WithDescription("Takes a CSV file like Kaggle's, plain or gzipped, with or without labels and header, and returns ImageId,Label with ids from 1, or the ids of the file.")
            .Accepts<string>("text/csv", "application/gzip")
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxFileBytes));
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Headers.ContentEncoding is { Count: > 0 } coding && !coding.ToString().Equals("gzip", StringComparison.OrdinalIgnoreCase))
        {
            request.HttpContext.Response.Headers.AcceptEncoding = "gzip";
            throw new RequestRefusedException(StatusCodes.Status415UnsupportedMediaType, "The body has a content coding that is not supported; send it plain or as gzip.");
        }

        using RateLimitLease lease = await limiters.Files.AdmitAsync(cancellation);
        using var file = new RowsFile();
        await file.ReceiveAsync(request, options.MaxFileBytes, cancellation);
        (string[] labels, RowIds? ids) = await limiters.Files.WorkAsync(() => Predict(file, cancellation), cancellation);
        metrics.CountPredictions(labels.Length);
        return TypedResults.File(Encoding.UTF8.GetBytes(KaggleSubmission.ToCsv(labels, ids)), "text/csv", "submission.csv");
    }

    private (string[] Labels, RowIds? Ids) Predict(RowsFile file, CancellationToken cancellation)
    {
        file.Unpack(options.MaxFileBytes, cancellation);
        DigitFile read = Read(file, cancellation);
        DigitDataset rows = read.Dataset;
        int pixelCount = rows.Height * rows.Width;
        var labels = new string[rows.Count];
        var scores = new float[Math.Min(RowsAtOnce, rows.Count) * model.Labels.Count];
        for (int first = 0; first < rows.Count; first += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(RowsAtOnce, rows.Count - first);
            model.Predict(rows.Pixels.AsSpan(first * pixelCount, count * pixelCount), labels.AsSpan(first, count), scores.AsSpan(0, count * model.Labels.Count));
        }

        return (labels, read.Ids);
    }

    private DigitFile Read(RowsFile file, CancellationToken cancellation)
    {
        try
        {
            return DigitFiles.Load(
                file.Path, new DigitFileOptions { LabelMap = model.Labels, IgnoreLabels = true, IsAlone = true, ImageHeight = model.Height, ImageWidth = model.Width, Cancellation = cancellation });
        }
        catch (DigitMLException failure)
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, file.WithoutFolder(failure.Message));
        }
    }
}
