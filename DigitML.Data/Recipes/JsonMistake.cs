using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace DigitML.Data.Recipes;

/// <summary>Describes in plain words an error from System.Text.Json, and what is valid at that place.</summary>
internal static partial class JsonMistake
{
    /// <summary>One sentence without a position.</summary>
    /// <param name="message">The message of the exception.</param>
    /// <param name="path">Where it was thrown: "$.layers[0].filters".</param>
    /// <param name="root">The type that was read.</param>
    /// <param name="document">The text that was read.</param>
    internal static string Explain(string message, string path, Type root, JsonDocument document)
    {
        string place = path == "$" ? "it" : path[2..];
        JsonPlace found = JsonPlace.Find(path, root, document);
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            return $"{place} is not known here; there {Are(Members(found.Parent))}.";
        }

        if (MissingNames().Match(message) is { Success: true } missing)
        {
            return $"{place} lacks {missing.Groups[1].Value.Replace('\'', '"').TrimEnd('.')}; it can have {string.Join(", ", Members(found.DerivedType))}.";
        }

        if (UnknownKind().Match(message) is { Success: true } kind)
        {
            return $"{place} has the type \"{kind.Groups[1].Value}\"; a type is one of {string.Join(", ", Kinds(found.Type))}.";
        }

        if (message.Contains("must specify a type discriminator", StringComparison.Ordinal))
        {
            return $"{place} lacks \"type\"; a type is one of {string.Join(", ", Kinds(found.Type))}.";
        }

        if (message.StartsWith("Duplicate property", StringComparison.Ordinal)) return $"{place} appears twice.";
        bool isOurs = !message.StartsWith("The JSON value", StringComparison.Ordinal) && !message.Contains("null values", StringComparison.Ordinal);
        return $"{place} is {Short(found.Value)}; {(isOurs ? message : $"it must be {Rule(found.Type)}")}.";
    }

    /// <summary>The path at the end of a message; null if it has none.</summary>
    internal static string? PathIn(string message) => Position().Match(message) is { Success: true } match ? match.Groups["path"].Value : null;

    private static string Are(IReadOnlyCollection<string> names) => names.Count == 0 ? "is nothing to set" : $"can be {string.Join(", ", names)}";

    private static IReadOnlyCollection<string> Members(Type? type)
    {
        if (type is null) return [];
        JsonTypeInfo info = StrictJson.Options.GetTypeInfo(type);
        bool isKind = JsonPlace.Bases(type).Any(b => StrictJson.Options.GetTypeInfo(b).PolymorphismOptions is not null);
        return [.. isKind ? ["type"] : Array.Empty<string>(), .. info.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null).Select(p => p.Name)];
    }

    private static IEnumerable<string> Kinds(Type? type) => type is null
        ? []
        : StrictJson.Options.GetTypeInfo(type).PolymorphismOptions?.DerivedTypes.Select(derived => derived.TypeDiscriminator!.ToString()!) ?? [];

    private static string Short(JsonElement? value)
    {
        string text = value?.GetRawText() ?? "nothing";
        return value?.ValueKind is JsonValueKind.Object ? "an object" : value?.ValueKind is JsonValueKind.Array && text.Length > 40 ? "a list"
            : text.Length > 60 ? text[..57] + "..." : text;
    }

    private static string Rule(Type? type)
    {
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (type is null) return "something else";
        if (type == typeof(string)) return "a string in quotes";
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(int) || type == typeof(long) || type == typeof(ulong)) return "a whole number";
        if (type == typeof(float) || type == typeof(double)) return "a number";
        if (type.IsEnum) return $"one of {string.Join(", ", Enum.GetNames(type).Select(name => $"\"{JsonNamingPolicy.CamelCase.ConvertName(name)}\""))}";
        return StrictJson.Options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Enumerable ? "a list in brackets" : "an object in braces";
    }

    [GeneratedRegex(@"missing required properties including: (.*)$")]
    private static partial Regex MissingNames();

    [GeneratedRegex(@"unrecognized type discriminator id '([^']*)'")]
    private static partial Regex UnknownKind();

    [GeneratedRegex(@"Path: (?<path>\$\S*) \|")]
    private static partial Regex Position();
}
