using System.Text.Json;
using System.Text.Json.Serialization;
using DigitML.Engine;
using DigitML.Engine.Networks;

namespace DigitML.Model.Networks;

/// <summary>A network as JSON, for a model file's metadata.</summary>
/// <param name="Name">Its name.</param>
/// <param name="InputShape">Height, width, channels.</param>
/// <param name="Layers">Its layers in order.</param>
internal sealed record NetworkDocument(string Name, int[] InputShape, Layer[] Layers)
{
    private static readonly NetworkDocumentContext Context = new(MakeOptions());

    /// <summary>The JSON of a network whose input is an image.</summary>
    internal static string Write(Network network)
    {
        Shape input = network.InputShape;
        Layer[] layers = [.. network.Layers.Select(place => place.Layer)];
        var document = new NetworkDocument(network.Name, [input.Height, input.Width, input.Channels], layers);
        return JsonSerializer.Serialize(document, Context.NetworkDocument);
    }

    /// <summary>Reads a network from its JSON.</summary>
    /// <exception cref="DigitMLException">The text does not describe a valid network.</exception>
    internal static Network Read(string json)
    {
        NetworkDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(json, Context.NetworkDocument);
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new DigitMLException(failure.Message.ReplaceLineEndings(" "), failure);
        }

        if (document is not { Name: not null, InputShape.Length: 3, Layers: not null } || document.Layers.Any(layer => layer is null))
        {
            throw new DigitMLException("a network has a name, an inputShape of [height, width, channels] and layers");
        }

        return new Network(document.Name, Shape.Image(document.InputShape[0], document.InputShape[1], document.InputShape[2]), document.Layers);
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        foreach (JsonConverter converter in NetworkJson.Converters) options.Converters.Add(converter);
        return options;
    }
}

/// <summary>JSON of the document's types, generated at compile time so that no reflection is needed.</summary>
[JsonSerializable(typeof(NetworkDocument))]
internal sealed partial class NetworkDocumentContext : JsonSerializerContext;
