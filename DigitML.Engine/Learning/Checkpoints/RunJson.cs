using System.Text.Json;
using System.Text.Json.Serialization;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>JSON of plans and layers without reflection.</summary>
[JsonSerializable(typeof(TrainingPlan))]
[JsonSerializable(typeof(Layer))]
internal sealed partial class RunJson : JsonSerializerContext
{
    internal static RunJson Instance { get; } = new(CreateOptions());

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        foreach (JsonConverter converter in NetworkJson.Converters) options.Converters.Add(converter);
        return options;
    }
}
