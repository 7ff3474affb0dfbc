using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DigitML.Engine.Networks;

namespace DigitML.Data.Recipes;

/// <summary>
/// In a recipe the <c>units</c> of a Dense and the <c>filters</c> of a Conv2D may be the word "classes": the number of classes in the data. In memory the
/// word is <see cref="Unknown"/> until the data is known.
/// </summary>
public static class ClassCount
{
    /// <summary>Stands for the number of classes.</summary>
    public const int Unknown = -1;

    private const string Word = "classes";

    /// <summary>The layer with the word replaced by the number of classes.</summary>
    internal static Layer Resolve(Layer layer, int classCount) => layer switch
    {
        Dense { Units: Unknown } dense => dense with { Units = classCount },
        Conv2D { Filters: Unknown } convolution => convolution with { Filters = classCount },
        _ => layer,
    };

    /// <summary>Allows the word where a number of outputs is expected.</summary>
    internal static void LetRecipesNameIt(JsonTypeInfo type)
    {
        string? name = type.Type == typeof(Dense) ? nameof(Dense.Units) : type.Type == typeof(Conv2D) ? nameof(Conv2D.Filters) : null;
        if (name is null) return;
        JsonPropertyInfo property = type.Properties.Single(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
        property.CustomConverter = new WordConverter();
    }

    private sealed class WordConverter : JsonConverter<int>
    {
        public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(Word)) return Unknown;
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) && value > 0
                ? value
                : throw new JsonException("it must be a whole number of at least 1, or \"classes\" for as many as the data has");
        }

        public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options)
        {
            if (value == Unknown) writer.WriteStringValue(Word);
            else writer.WriteNumberValue(value);
        }
    }
}
