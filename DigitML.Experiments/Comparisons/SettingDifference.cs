using System.Text.Json;
using System.Text.Json.Nodes;
using DigitML.Data.Recipes;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Comparisons;

/// <summary>A setting that differs between runs.</summary>
/// <param name="Setting">Its place in plan.json: "recipe.training.epochs".</param>
/// <param name="Values">Its value in each run; "-" if a run lacks it.</param>
internal sealed record SettingDifference(string Setting, IReadOnlyList<string> Values)
{
    private const string None = "-";

    // Settings that differ between any two runs and explain nothing.
    private static readonly string[] Ignored = ["name", "startedUtc", "command", "recipe.description", "recipe.training.seed", "data.path", "testData.path", "baseModel.path", "algorithms"];

    /// <summary>The settings in which plans differ, in the order of plan.json; a run without a plan has none of them.</summary>
    internal static SettingDifference[] Between(IReadOnlyList<RunPlan?> plans)
    {
        Dictionary<string, string>[] settings = [.. plans.Select(plan => plan is null ? [] : Flat(plan))];
        return
        [
            .. settings.SelectMany(one => one.Keys).Distinct()
                .Select(setting => new SettingDifference(setting, [.. settings.Select(one => one.GetValueOrDefault(setting, None))]))
                .Where(difference => difference.Values.Where((_, run) => plans[run] is not null).Distinct().Count() > 1),
        ];
    }

    private static Dictionary<string, string> Flat(RunPlan plan)
    {
        JsonObject json = JsonNode.Parse(StrictJson.Write(plan))!.AsObject();

        // Compared layer by layer, two networks differ in everything after the first difference; as one text each, they are easy to compare.
        if (json["recipe"] is { } recipe) recipe["layers"] = string.Join(" ", recipe["layers"]!.AsArray().Select(Layer));
        var settings = new Dictionary<string, string>();
        Add(json, "", settings);
        return settings;
    }

    private static void Add(JsonNode? node, string path, Dictionary<string, string> settings)
    {
        if (Ignored.Contains(path)) return;
        switch (node)
        {
            case JsonObject all:
                foreach ((string name, JsonNode? value) in all) Add(value, path.Length == 0 ? name : $"{path}.{name}", settings);
                break;
            case JsonArray array:
                settings[path] = string.Join(", ", array.Select(item => Text(item)));
                break;
            case not null:
                settings[path] = Text(node);
                break;
        }
    }

    private static string Layer(JsonNode? layer)
    {
        string[] values = [.. layer!.AsObject().Where(property => property.Value is not null).Select(property => DisplayText(property.Key, Text(property.Value), layer)).OfType<string>()];
        return values.Length == 0 ? Text(layer["type"]) : $"{Text(layer["type"])}({string.Join(", ", values)})";
    }

    // Values that most layers have are omitted.
    private static string? DisplayText(string property, string value, JsonNode layer) => (property, value) switch
    {
        ("type", _) or ("padding", "valid") or ("useBias", "true") or ("momentum", "0.9") or ("epsilon", "1E-05") or ("scale" or "center", "true") => null,
        ("stride", _) when value == (layer["poolSize"] is JsonNode pool ? Text(pool) : "1") => null,
        ("useBias", _) => "no bias",
        ("filters" or "units" or "kernelSize" or "poolSize" or "rate", _) => value,
        _ => $"{property} {value}",
    };

    private static string Text(JsonNode? node) => node is null ? None : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
}
