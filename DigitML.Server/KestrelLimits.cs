using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DigitML.Server;

/// <summary>Connection limits of <c>digitml serve</c>.</summary>
internal sealed record KestrelLimits
{
    /// <summary>Time limit for the headers of a request.</summary>
    internal TimeSpan HeadersTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Minimum rate, in bytes per second, at which the body of a request must arrive.</summary>
    internal int SlowestBytesPerSecond { get; init; } = 240;

    /// <summary>Grace period during which a body may arrive more slowly.</summary>
    internal TimeSpan SlowTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time limit for unfinished requests when the server stops.</summary>
    internal TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Applies the limits to Kestrel.</summary>
    internal void Apply(KestrelServerLimits kestrel)
    {
        kestrel.RequestHeadersTimeout = HeadersTime;
        kestrel.MinRequestBodyDataRate = new MinDataRate(SlowestBytesPerSecond, SlowTime);
    }
}
