using System.Collections.Immutable;

namespace DigitML.Model.Contents;

/// <summary>How a model was trained, as its file records it. Everything is optional; files from other programs record little of it.</summary>
public sealed record ModelMetadata
{
    /// <summary>The recipe it was trained with, as JSON text.</summary>
    public string? RecipeJson { get; init; }

    /// <summary>The seed of the training run.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The networks of an ensemble, as JSON text.</summary>
    public string? MembersJson { get; init; }

    /// <summary>Its measured metrics, as JSON text.</summary>
    public string? MetricsJson { get; init; }

    /// <summary>
    /// The program that wrote the file and its version: "DigitML 0.1.0". Set when a file is read; saving always writes the name of the running program.
    /// </summary>
    public string? WrittenBy { get; init; }

    /// <summary>Other metadata by key. Keys that begin with "digitml." are reserved; saving a model with such a key fails.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
