using System.Text.Json;
using System.Text.Json.Serialization;

namespace DigitML.Experiments.Evaluation;

/// <summary>A list of numbers on one line, in indented JSON too.</summary>
internal sealed class OneLineNumbers<T> : JsonConverter<T[]>
{
    public override T[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("a list of numbers is expected");
        var numbers = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) numbers.Add(JsonSerializer.Deserialize<T>(ref reader, options)!);
        return [.. numbers];
    }

    public override void Write(Utf8JsonWriter writer, T[] value, JsonSerializerOptions options) => writer.WriteRawValue(Text(value, options));

    /// <summary>The numbers in brackets.</summary>
    internal static string Text(T[] value, JsonSerializerOptions options) =>
        $"[{string.Join(", ", value.Select(number => JsonSerializer.Serialize(number, options)))}]";
}

/// <summary>A matrix of numbers, one row per line.</summary>
internal sealed class RowPerLine : JsonConverter<int[][]>
{
    public override int[][] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("a list of rows is expected");
        var rows = new List<int[]>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) rows.Add(JsonSerializer.Deserialize<int[]>(ref reader, options)!);
        return [.. rows];
    }

    public override void Write(Utf8JsonWriter writer, int[][] value, JsonSerializerOptions options)
    {
        string indent = "\n" + new string(' ', writer.CurrentDepth * options.IndentSize);
        string inner = indent + new string(' ', options.IndentSize);
        writer.WriteRawValue($"[{inner}{string.Join("," + inner, value.Select(row => OneLineNumbers<int>.Text(row, options)))}{indent}]");
    }
}
