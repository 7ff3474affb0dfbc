using System.Numerics;
using System.Runtime.CompilerServices;

namespace DigitML.Server;

/// <summary>Limits of a digit recogniser's endpoints, and options of its page. A limit of 0 or less is an <see cref="ArgumentOutOfRangeException"/>.</summary>
public sealed record DigitServerOptions
{
    /// <summary>The name of the model on the page; null for the model's own name.</summary>
    public string? ModelName { get; init; }

    /// <summary>The report of the model's training run as an HTML page, served at <c>/report</c>; null for none.</summary>
    public string? ReportHtml { get; init; }

    /// <summary>Path of the app's OpenAPI description, such as <c>/openapi/v1.json</c>, for a link on the page; null for no link.</summary>
    public string? OpenApiPath { get; init; }

    /// <summary>Maximum size, in bytes, of a request with one image. Larger ones are refused with 413.</summary>
    public int MaxImageBytes { get; init => field = Positive(value); } = 4 << 20;

    /// <summary>Maximum number of pixels in a picture, as its header declares. Larger ones are refused with 413 before they are decoded.</summary>
    public long MaxPicturePixels { get; init => field = Positive(value); } = 4_000_000;

    /// <summary>
    /// Maximum size of a CSV file in bytes, both as sent and, if it is gzip data, unpacked. Larger ones are refused with 413. The 28,000 rows of Kaggle's test.csv are 51 MB.
    /// </summary>
    public int MaxFileBytes { get; init => field = Positive(value); } = 64 << 20;

    /// <summary>Maximum number of concurrent JSON requests.</summary>
    public int MaxPixelRequests { get; init => field = Positive(value); } = 512;

    /// <summary>Maximum number of concurrent requests with a picture.</summary>
    public int MaxPictureRequests { get; init => field = Positive(value); } = 64;

    /// <summary>
    /// Maximum number of concurrent requests with a CSV file, counted from their first byte; further ones are refused with 503. Each takes up to twice <see cref="MaxFileBytes"/> in the
    /// temporary folder.
    /// </summary>
    public int MaxFileRequests { get; init => field = Positive(value); } = 16;

    /// <summary>Maximum number of queued JSON requests, and of queued requests with a picture; further ones are refused with 503. 0 for no queue.</summary>
    public int MaxWaitingRequests { get; init => field = value >= 0 ? value : throw OutOfRange(value, "it must be 0 or more"); } = 4096;

    /// <summary>Maximum number of pictures decoded at the same time, each on its own thread; one of the largest takes about 100 MB meanwhile.</summary>
    public int MaxPicturesAtWork { get; init => field = Positive(value); } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Maximum number of CSV files read at the same time, each on its own thread.</summary>
    public int MaxFilesAtWork { get; init => field = Positive(value); } = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    /// <summary>Time limit of a request. One that is not received in time gets 408; one that is not answered in time gets 503.</summary>
    public TimeSpan RequestTime { get; init => field = value > TimeSpan.Zero && value.TotalMilliseconds <= int.MaxValue ? value : throw OutOfRange(value, "it must be above 0 and at most 24 days"); } = TimeSpan.FromSeconds(30);

    private static T Positive<T>(T value, [CallerMemberName] string name = "") where T : INumber<T> => value > T.Zero ? value : throw OutOfRange(value, "it must be 1 or more", name);

    private static ArgumentOutOfRangeException OutOfRange<T>(T value, string rule, [CallerMemberName] string name = "") => new(name, $"{name} is {value}; {rule}.");
}
