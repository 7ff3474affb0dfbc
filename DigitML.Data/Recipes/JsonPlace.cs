using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace DigitML.Data.Recipes;

/// <summary>A place in JSON text: its value and the type it was to be read as.</summary>
/// <param name="Type">The declared type; null if the place is unknown.</param>
/// <param name="Parent">The type of the enclosing object; the derived type if it has a "type".</param>
/// <param name="Value">The value there; null if there is none.</param>
internal readonly partial record struct JsonPlace(Type? Type, Type? Parent, JsonElement? Value)
{
    /// <summary>The declared type, or the derived one that the value's "type" names.</summary>
    internal Type? DerivedType
    {
        get
        {
            if (Type is null || Value is not { ValueKind: JsonValueKind.Object } value) return Type;
            JsonPolymorphismOptions? kinds = StrictJson.Options.GetTypeInfo(Type).PolymorphismOptions;
            if (kinds is null || !value.TryGetProperty(kinds.TypeDiscriminatorPropertyName, out JsonElement kind)) return Type;
            return kinds.DerivedTypes.FirstOrDefault(d => d.TypeDiscriminator!.ToString() == kind.ToString()).DerivedType ?? Type;
        }
    }

    /// <summary>Follows a path such as "$.layers[0].filters" from the root.</summary>
    internal static JsonPlace Find(string path, Type root, JsonDocument document)
    {
        var place = new JsonPlace(root, null, document.RootElement);
        foreach (Match step in Steps().Matches(path))
        {
            place = step.Groups["index"].Success
                ? place.Item(int.Parse(step.Groups["index"].ValueSpan, CultureInfo.InvariantCulture))
                : place.Property(step.Groups["name"].Value);
        }

        return place;
    }

    /// <summary>The types a type derives from.</summary>
    internal static IEnumerable<Type> Bases(Type type)
    {
        for (Type? b = type.BaseType; b is not null && b != typeof(object) && b != typeof(ValueType); b = b.BaseType) yield return b;
    }

    private JsonPlace Item(int index)
    {
        Type? itemType = Type is null ? null : StrictJson.Options.GetTypeInfo(Type).ElementType;
        JsonElement? item = Value is { ValueKind: JsonValueKind.Array } list && index < list.GetArrayLength() ? list[index] : null;
        return new JsonPlace(itemType, Type, item);
    }

    private JsonPlace Property(string name)
    {
        Type? owner = DerivedType;
        Type? type = owner is null ? null : StrictJson.Options.GetTypeInfo(owner).Properties.FirstOrDefault(p => p.Name == name)?.PropertyType;
        JsonElement? value = Value is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(name, out JsonElement found) ? found : null;
        return new JsonPlace(type, owner, value);
    }

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\['(?<name>[^']*)'\]|\[(?<index>\d+)\]")]
    private static partial Regex Steps();
}
