using System.Text.Json;
using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>Layers as JSON: <c>{ "type": "Conv2D", "filters": 32, "kernelSize": 5, "padding": "same" }</c>.</summary>
internal static class NetworkJson
{
    /// <summary>A size is one number or [height, width]; a padding is "same", "valid" or [top, left, bottom, right].</summary>
    public static IReadOnlyList<JsonConverter> Converters { get; } = [new Size2DConverter(), new PaddingConverter()];

    private sealed class Size2DConverter : JsonConverter<Size2D>
    {
        public override Size2D Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number) return reader.GetInt32();
            int[] sides = ReadNumbers(ref reader);
            return sides.Length == 2 ? new Size2D(sides[0], sides[1]) : throw new JsonException("a size is one number or [height, width]");
        }

        public override void Write(Utf8JsonWriter writer, Size2D value, JsonSerializerOptions options)
        {
            if (value.Height == value.Width) writer.WriteNumberValue(value.Height);
            else WriteNumbers(writer, [value.Height, value.Width]);
        }
    }

    private sealed class PaddingConverter : JsonConverter<Padding>
    {
        private const string Rule = "a padding is \"same\", \"valid\" or [top, left, bottom, right]";

        public override Padding Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString() switch { "same" => Padding.Same, "valid" => Padding.Valid, _ => throw new JsonException(Rule) };
            }

            int[] margins = ReadNumbers(ref reader);
            return margins.Length == 4 ? Padding.Of(margins[0], margins[1], margins[2], margins[3]) : throw new JsonException(Rule);
        }

        public override void Write(Utf8JsonWriter writer, Padding value, JsonSerializerOptions options)
        {
            if (value.IsSame || value.Explicit == default) writer.WriteStringValue(value.ToString());
            else WriteNumbers(writer, [value.Explicit.Top, value.Explicit.Left, value.Explicit.Bottom, value.Explicit.Right]);
        }
    }

    private static int[] ReadNumbers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("a number or a list of numbers is expected");
        var numbers = new List<int>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number) numbers.Add(reader.GetInt32());
        return reader.TokenType == JsonTokenType.EndArray ? [.. numbers] : throw new JsonException("a list of numbers is expected");
    }

    private static void WriteNumbers(Utf8JsonWriter writer, ReadOnlySpan<int> numbers)
    {
        writer.WriteStartArray();
        foreach (int number in numbers) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
