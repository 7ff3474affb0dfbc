using DigitML.Experiments.Devices;

namespace DigitML.Experiments.Runs;

/// <summary>What a run needs from the program that starts it.</summary>
/// <param name="Log">Receives progress and notes, line by line.</param>
/// <param name="IsInteractive">True if <paramref name="Log"/> is a terminal that can redraw its last line.</param>
/// <param name="Width">Columns of that terminal.</param>
/// <param name="OpenDevice">Opens devices.</param>
/// <param name="Cancellation">Requests a clean stop.</param>
internal sealed record RunEnvironment(TextWriter Log, bool IsInteractive, int Width, OpenDevice OpenDevice, CancellationToken Cancellation)
{
    /// <summary>True to log the recipe and the algorithm of each convolution too.</summary>
    internal bool IsVerbose { get; init; }
}
