using DigitML.Experiments.Devices;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;

namespace DigitML.Training;

/// <summary>Where a command talks to people and programs.</summary>
/// <param name="Output">Takes results.</param>
/// <param name="Error">Takes progress, notes and errors.</param>
/// <param name="IsInteractive">Whether <paramref name="Error"/> can redraw its last line.</param>
/// <param name="HasColors">Whether <paramref name="Output"/> is a terminal, which shows colours.</param>
/// <param name="Cancellation">Asks for a clean stop.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive, bool HasColors, CancellationToken Cancellation)
{
    /// <summary>Writes a result for programs.</summary>
    internal void WriteJson<T>(T result) => Output.WriteLine(ResultJson.Of(result));

    /// <summary>What a run needs of this program.</summary>
    internal RunEnvironment Environment(OpenDevice openDevice) => new(Error, IsInteractive, openDevice, Cancellation);
}
