using System.Text.Json;
using System.Text.Json.Nodes;
using DigitML.Engine;

namespace DigitML.Data.Recipes;

/// <summary>A value for one setting in a recipe, named by its path.</summary>
/// <param name="Path">The path: "training.optimizer.weightDecay" or "layers[3].filters".</param>
/// <param name="Value">The value as JSON; a word that is not JSON is treated as a string.</param>
public sealed record RecipeSetting(string Path, string Value)
{
    /// <summary>The rule, for messages.</summary>
    internal const string Rule = "it must be PATH=VALUE, a path in the recipe and its new value, such as training.batchSize=64";

    /// <summary>Parses "PATH=VALUE"; null if the text does not have this form.</summary>
    /// <param name="text">The text.</param>
    public static RecipeSetting? Parse(string text) =>
        text?.Split('=', 2) is [{ Length: > 0 } path, { Length: > 0 } value] ? new RecipeSetting(path.Trim(), value.Trim()) : null;

    /// <summary>Reads "PATH=VALUE,VALUE,..."; commas inside brackets, braces and quotes are part of a value. Empty if the text does not have this form.</summary>
    internal static RecipeSetting[] ParseSeveral(string text) => Parse(text) is not { } all ? [] : [.. Values(all.Value).Select(value => all with { Value = value })];

    /// <summary>Returns the recipe with this value set.</summary>
    /// <param name="recipe">The recipe, which is not modified.</param>
    /// <exception cref="DigitMLException">The recipe has no such path, or the value is not valid there.</exception>
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
            // Removes ":LINE: ", which refers to text that the user never saw.
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

    // An object that the recipe lacks, such as augmentation, is created to hold the value; reading the recipe checks the names.
    private JsonObject Properties(JsonNode place, string name) =>
        place as JsonObject ?? throw Refused($"{place.ToJsonString()} has no property {name}.");

    private int Index(JsonArray list, string name) =>
        name is ['[', .. var digits, ']'] && int.TryParse(digits, out int index) && index >= 0 && index < list.Count ? index
        : throw Refused($"{name} is not an item of the list; its items are [0] to [{list.Count - 1}].");

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
