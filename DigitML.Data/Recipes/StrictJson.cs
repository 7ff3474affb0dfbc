using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DigitML.Engine;
using DigitML.Engine.Networks;

namespace DigitML.Data.Recipes;

/// <summary>
/// Reads JSON written by people: unknown, missing and repeated properties are errors, and every error is one line with the file, the line, the value
/// and the rule. Comments and trailing commas are allowed.
/// </summary>
internal static class StrictJson
{
    /// <summary>The JSON format of layers, optimizers and plans in recipes and plan.json.</summary>
    internal static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Reads a value.</summary>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="json">Its text.</param>
    /// <exception cref="DigitMLException">The text is not JSON or not a valid <typeparamref name="T"/>.</exception>
    internal static T Read<T>(string file, string json) where T : class
    {
        using JsonDocument document = Parse(file, json);
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new DigitMLException($"{file}:1: it is null; it must be an object in braces.");
        }
        catch (JsonException e)
        {
            throw Mistake(e, e.Path ?? "$");
        }
        catch (NotSupportedException e) when (JsonMistake.PathIn(e.Message) is string path)
        {
            // System.Text.Json throws this if the "type" of a layer, an optimizer or a schedule is missing.
            throw Mistake(e, path);
        }

        DigitMLException Mistake(Exception e, string path) =>
            new($"{file}:{JsonLine.Of(path == "$" ? "" : path[2..], json)}: {JsonMistake.Explain(e.Message, path, typeof(T), document)}", e);
    }

    /// <summary>Writes a value as <see cref="Read"/> expects it, with a line break at the end.</summary>
    /// <exception cref="DigitMLException">The value holds a learning-rate schedule that is not one of DigitML's own.</exception>
    internal static string Write<T>(T value)
    {
        try
        {
            return JsonSerializer.Serialize(value, Options) + "\n";
        }
        catch (NotSupportedException e)
        {
            throw new DigitMLException(
                "The plan's learning-rate schedule is not one of DigitML's, so a recipe cannot hold it; train with it through Trainer.Fit, or choose one of DigitML's.", e);
        }
    }

    private static JsonDocument Parse(string file, string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException e)
        {
            string problem = string.IsNullOrWhiteSpace(json) ? "the file is empty; it holds an object in braces."
                : JsonLine.IsCutOff(json) ? "the file ends in the middle of its JSON; it is cut off, or a closing bracket, brace or quote is missing."
                : $"the JSON is malformed at column {(e.BytePositionInLine ?? 0) + 1}; check the commas, colons, quotes and brackets there.";
            throw new DigitMLException($"{file}:{(e.LineNumber ?? 0) + 1}: {problem}", e);
        }
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ClassCount.LetRecipesNameIt } },
        };
        foreach (JsonConverter converter in NetworkJson.Converters) options.Converters.Add(converter);
        options.Converters.Add(new FiniteNumberConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }

    private sealed class FiniteNumberConverter : JsonConverter<float>
    {
        public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType != JsonTokenType.Number ? throw new JsonException("it must be a number")
            : reader.GetSingle() is var value && float.IsFinite(value) ? value
            : throw new JsonException("it must be a number of at most 3.4e38");

        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }
}
