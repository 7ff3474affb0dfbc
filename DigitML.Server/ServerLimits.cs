namespace DigitML.Server;

/// <summary>What a server takes from its clients.</summary>
internal sealed record ServerLimits
{
    /// <summary>Bytes of a request that holds one image.</summary>
    internal const int ImageBytes = 4 << 20;

    /// <summary>Bytes of a request that holds a CSV file: Kaggle's 28,000 rows are 51 MB.</summary>
    internal const int RowsBytes = 64 << 20;

    /// <summary>Pictures and CSV files decoded and read at a time; they take memory and processors.</summary>
    internal int WorkPlaces { get; init; } = 2 * Environment.ProcessorCount;

    /// <summary>Requests let in at a time, those that still send their body among them.</summary>
    internal int ConcurrentRequests { get; init; } = 512;

    /// <summary>Requests that wait for their turn; more are refused with 503.</summary>
    internal int WaitingRequests { get; init; } = 4096;

    /// <summary>How long a request may take.</summary>
    internal TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the headers of a request may take.</summary>
    internal TimeSpan HeadersTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes a second that the body of a request must come at.</summary>
    internal int SlowestBytesPerSecond { get; init; } = 240;

    /// <summary>How long a body may come more slowly than that.</summary>
    internal TimeSpan SlowTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long requests under way may go on once the server stops.</summary>
    internal TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(5);
}
