namespace DigitML.Server;

/// <summary>Limits of the endpoints of a digit recogniser, and the name on its page.</summary>
public sealed record DigitServerOptions
{
    /// <summary>The name of the model on the page; null for the one it was saved with.</summary>
    public string? ModelName { get; init; }

    /// <summary>The report of the model's run as an HTML page, served at <c>/report</c>; null for none.</summary>
    public string? ReportHtml { get; init; }

    /// <summary>Where the app serves its OpenAPI description, such as <c>/openapi/v1.json</c>, for a link on the page; null for no link.</summary>
    public string? OpenApiPath { get; init; }

    /// <summary>Most bytes of a request that holds one image. Larger ones are refused with 413.</summary>
    public int MaxImageBytes { get; init; } = 4 << 20;

    /// <summary>Most pixels of a picture, which its header declares. Larger ones are refused with 413 before they are decoded.</summary>
    public long MaxPicturePixels { get; init; } = 4_000_000;

    /// <summary>
    /// Most bytes of a CSV file, both as it is sent and, if it is gzip data, unpacked. Larger ones are refused with 413. The 28,000 rows of Kaggle's test.csv are 51 MB.
    /// </summary>
    public int MaxFileBytes { get; init; } = 64 << 20;

    /// <summary>JSON requests under way at a time.</summary>
    public int MaxPixelRequests { get; init; } = 512;

    /// <summary>Requests with a picture under way at a time.</summary>
    public int MaxPictureRequests { get; init; } = 64;

    /// <summary>
    /// Requests with a CSV file under way at a time, from their first byte; further ones are refused with 503. Each takes up to twice <see cref="MaxFileBytes"/> of the
    /// folder for temporary files.
    /// </summary>
    public int MaxFileRequests { get; init; } = 16;

    /// <summary>JSON requests, and requests with a picture, that wait for their turn; further ones are refused with 503.</summary>
    public int MaxWaitingRequests { get; init; } = 4096;

    /// <summary>Pictures decoded at a time, each on a thread of its own; one of the largest takes about 100 MB meanwhile.</summary>
    public int MaxPicturesAtWork { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>CSV files read at a time, each on a thread of its own.</summary>
    public int MaxFilesAtWork { get; init; } = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    /// <summary>How long a request may take. One that is not received by then gets 408; one that is not answered by then gets 503.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(30);
}
