using System.Text.Json;
using System.Text.Json.Nodes;
using DigitML.Engine;

namespace DigitML.Data.Recipes;

/// <summary>A value for a place in a recipe.</summary>
/// <param name="Path">The place: "training.optimizer.weightDecay" or "layers[3].filters".</param>
/// <param name="Value">The value as JSON; a word that is not JSON is taken as a text.</param>
public sealed record RecipeSetting(string Path, string Value)
{
    /// <summary>The rule, for messages.</summary>
    internal const string Rule = "it is PATH=VALUE, a place in the recipe and what to put there, such as training.batchSize=64";

    /// <summary>Parses "PATH=VALUE"; null where the text has another form.</summary>
    /// <param name="text">The text.</param>
    public static RecipeSetting? Parse(string text) =>
        text?.Split('=', 2) is [{ Length: > 0 } path, { Length: > 0 } value] ? new RecipeSetting(path.Trim(), value.Trim()) : null;

    /// <summary>Reads "PATH=VALUE,VALUE,..."; commas inside brackets, braces and quotes are part of a value. None where it is not that.</summary>
    internal static RecipeSetting[] ParseSeveral(string text) => Parse(text) is not { } all ? [] : [.. Values(all.Value).Select(value => all with { Value = value })];

    /// <summary>The recipe with the value in its place.</summary>
    /// <param name="recipe">The recipe, which stays as it is.</param>
    /// <exception cref="DigitMLException">It has no such place, or the value does not fit there.</exception>
    public Recipe Apply(Recipe recipe)
    {
        JsonNode root = JsonNode.Parse(StrictJson.Write(recipe))!;
        JsonNode place = root;
        string[] names = Path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        for (int i = 0; i < names.Length - 1; i++) place = Step(place, names[i]);
        Put(place, names[^1]);
        try
        {
            return RecipeCatalog.Read("", root.ToJsonString());
        }
        catch (DigitMLException e)
        {
            // ":LINE: " of a text that the user never saw.
            throw Refused(e.Message.Split(": ", 2)[^1], e);
        }
    }

    private JsonNode Step(JsonNode place, string name)
    {
        if (place is JsonArray list) return list[Index(list, name)]!;
        JsonObject properties = Properties(place, name);
        return properties[name] ?? (properties[name] = new JsonObject());
    }

    private void Put(JsonNode place, string name)
    {
        JsonNode? value = Json(Value);
        if (place is JsonArray list) list[Index(list, name)] = value;
        else Properties(place, name)[name] = value;
    }

    // What the recipe does without, such as augmentation, is made with what is set in it; reading the recipe checks the names.
    private JsonObject Properties(JsonNode place, string name) =>
        place as JsonObject ?? throw Refused($"there is nothing in {place.ToJsonString()} to be named {name}.");

    private int Index(JsonArray list, string name) =>
        name is ['[', .. var digits, ']'] && int.TryParse(digits, out int index) && index >= 0 && index < list.Count ? index
        : throw Refused($"{name} is no item of a list of {list.Count}, which are [0] to [{list.Count - 1}].");

    private DigitMLException Refused(string reason, Exception? cause = null) => new($"--set {Path}={Value}: {reason}", cause!);

    private static JsonNode? Json(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }

    private static IEnumerable<string> Values(string text)
    {
        int start = 0, depth = 0;
        bool isQuoted = false;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : ',';
            if (c == '"') isQuoted = !isQuoted;
            if (c is '[' or '{') depth++;
            if (c is ']' or '}') depth--;
            if (i < text.Length && (c != ',' || depth > 0 || isQuoted)) continue;
            yield return text[start..i].Trim();
            start = i + 1;
        }
    }
}
