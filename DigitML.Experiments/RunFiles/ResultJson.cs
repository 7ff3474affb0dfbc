using System.Text.Encodings.Web;
using System.Text.Json;

namespace DigitML.Experiments.RunFiles;

/// <summary>How results are written as JSON for programs.</summary>
internal static class ResultJson
{
    /// <summary>camelCase names, indented, LF.</summary>
    internal static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static JsonSerializerOptions LineOptions { get; } = new(Options) { WriteIndented = false };

    /// <summary>A result as JSON text.</summary>
    internal static string Of<T>(T result) => JsonSerializer.Serialize(result, Options);

    /// <summary>A result as JSON text on one line.</summary>
    internal static string LineOf<T>(T result) => JsonSerializer.Serialize(result, LineOptions);
}
