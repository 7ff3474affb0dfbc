using System.Globalization;

namespace DigitML.Benchmarks;

/// <summary>DigitML and others on the same work.</summary>
/// <param name="Work">The work.</param>
/// <param name="Name">Its name in tables, with code in backquotes.</param>
/// <param name="Ours">The side whose ratio to each of the others is reported.</param>
/// <param name="Others">The other sides.</param>
internal sealed record Comparison(Work Work, string Name, Contestant Ours, params Contestant[] Others)
{
    /// <summary>Unit of the figures.</summary>
    internal string Unit { get; init; } = "samples/s";

    /// <summary>True if another program keeps a processor busy during the measurement.</summary>
    internal bool BesideBusyProcessor { get; init; }

    /// <summary>The name without backquotes.</summary>
    internal string PlainName => Name.Replace("`", "", StringComparison.Ordinal);
}

/// <summary>The job of a contestant.</summary>
/// <param name="Kind">"train" or "predict".</param>
/// <param name="Recipe">The recipe whose network is used.</param>
/// <param name="BatchSize">Images per batch.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="Seconds">How long to measure.</param>
internal sealed record Work(string Kind, string Recipe, int BatchSize, int Threads, int Seconds)
{
    /// <summary>The arguments, in the form that <c>digitml bench</c> and the PyTorch and LibTorch peers take.</summary>
    internal string[] Arguments => [.. string.Create(CultureInfo.InvariantCulture,
        $"{Kind} --recipe {Recipe} --batch-size {BatchSize} --threads {Threads} --seconds {Seconds}").Split(' ')];
}
