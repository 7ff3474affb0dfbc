using System.Text.Encodings.Web;
using System.Text.Json;

namespace DigitML.Training;

/// <summary>Where a command talks to people and programs.</summary>
/// <param name="Output">Takes results.</param>
/// <param name="Error">Takes progress, notes and errors.</param>
/// <param name="IsInteractive">Whether <paramref name="Error"/> can redraw its last line.</param>
/// <param name="HasColors">Whether <paramref name="Output"/> is a terminal, which shows colours.</param>
/// <param name="Cancellation">Asks for a clean stop.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive, bool HasColors, CancellationToken Cancellation)
{
    /// <summary>How results are written for machines.</summary>
    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a result for machines.</summary>
    internal void WriteJson<T>(T result) => Output.WriteLine(JsonSerializer.Serialize(result, Json));
}
