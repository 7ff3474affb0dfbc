namespace DigitML.Server;

/// <summary>The limits of the three kinds of requests: quick ones (JSON), pictures to decode, and files.</summary>
internal sealed class RequestLimiters(DigitServerOptions options) : IDisposable
{
    internal RequestLimiter Pixels { get; } = new(options.MaxPixelRequests, options.MaxWaitingRequests, options.MaxPixelRequests);

    internal RequestLimiter Pictures { get; } = new(options.MaxPictureRequests, options.MaxWaitingRequests, options.MaxPicturesAtWork);

    internal RequestLimiter Files { get; } = new(options.MaxFileRequests, waiting: 0, options.MaxFilesAtWork);

    public void Dispose()
    {
        Pixels.Dispose();
        Pictures.Dispose();
        Files.Dispose();
    }
}
