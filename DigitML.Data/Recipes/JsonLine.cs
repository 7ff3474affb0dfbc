using System.Text;
using System.Text.Json;

namespace DigitML.Data.Recipes;

/// <summary>Finds the line of a path in JSON text.</summary>
internal static class JsonLine
{
    /// <summary>True if JSON text is valid as far as it goes, but ends too early.</summary>
    internal static bool IsCutOff(string json)
    {
        // Text that may go on is not an error until its end.
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }));
        try
        {
            while (reader.Read())
            {
            }

            return reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.None or JsonTokenType.StartObject or JsonTokenType.StartArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The line, from 1, of the deepest property or item on the way to a path such as "training.optimizer.beta1" or "layers[3]".</summary>
    internal static int Of(string path, string json)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var names = new Stack<(string Path, int Item)>();
        string here = "";
        int depth = 0, line = 1;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                names.Pop();
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                here = Join(names.Peek().Path, reader.GetString()!);
            }
            else if (names.Count > 0 && names.Peek().Item >= 0)
            {
                (string list, int item) = names.Pop();
                names.Push((list, item + 1));
                here = $"{list}[{item}]";
            }

            if (here.Length > depth && IsOnTheWay(here, path))
            {
                depth = here.Length;
                line = 1 + utf8.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
            }

            if (reader.TokenType == JsonTokenType.StartObject) names.Push((here, -1));
            if (reader.TokenType == JsonTokenType.StartArray) names.Push((here, 0));
        }

        return line;
    }

    private static string Join(string parent, string name) => parent.Length == 0 ? name : $"{parent}.{name}";

    private static bool IsOnTheWay(string here, string path) =>
        path.StartsWith(here, StringComparison.Ordinal) && (path.Length == here.Length || path[here.Length] is '.' or '[');
}
