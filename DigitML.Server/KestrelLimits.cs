using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DigitML.Server;

/// <summary>Connection limits of <c>digitml serve</c>.</summary>
internal sealed record KestrelLimits
{
    /// <summary>How long the headers of a request may take.</summary>
    internal TimeSpan HeadersTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes per second at which the body of a request must arrive.</summary>
    internal int SlowestBytesPerSecond { get; init; } = 240;

    /// <summary>How long a body may arrive more slowly than that.</summary>
    internal TimeSpan SlowTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long requests under way may take once the server stops.</summary>
    internal TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Sets them.</summary>
    internal void Apply(KestrelServerLimits kestrel)
    {
        kestrel.RequestHeadersTimeout = HeadersTime;
        kestrel.MinRequestBodyDataRate = new MinDataRate(SlowestBytesPerSecond, SlowTime);
    }
}
