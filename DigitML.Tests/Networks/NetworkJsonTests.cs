using System.Text.Json;
using DigitML.Engine;
using DigitML.Engine.Networks;

namespace DigitML.Tests.Networks;

public class NetworkJsonTests
{
    private static readonly JsonSerializerOptions Options = MakeOptions();

    private static readonly Dictionary<string, Layer> Layers = new()
    {
        ["""{"type":"Conv2D","filters":32,"kernelSize":5,"padding":"same","useBias":true,"stride":1}"""] = new Conv2D(32, 5, Padding.Same),
        ["""{"type":"Conv2D","filters":8,"kernelSize":[3,2],"padding":[1,2,3,4],"useBias":false,"stride":[2,1]}"""] =
            new Conv2D(8, new Size2D(3, 2), Padding.Of(1, 2, 3, 4), new Size2D(2, 1), UseBias: false),
        ["""{"type":"MaxPool2D","poolSize":3,"padding":"valid","stride":2}"""] = new MaxPool2D(3, 2),
        ["""{"type":"AveragePool2D","poolSize":[2,3],"padding":"same","stride":[2,3]}"""] =
            new AveragePool2D(new Size2D(2, 3), Padding: Padding.Same),
        ["""{"type":"Resizing","height":28,"width":30}"""] = new Resizing(28, 30),
        ["""{"type":"GlobalAveragePool2D"}"""] = new GlobalAveragePool2D(),
        ["""{"type":"Dense","units":10,"useBias":false}"""] = new Dense(10, UseBias: false),
        ["""{"type":"BatchNorm","momentum":0.99,"epsilon":0.001,"center":true,"scale":false}"""] = new BatchNorm(0.99f, 0.001f, Scale: false),
        ["""{"type":"ReLU"}"""] = new ReLU(),
        ["""{"type":"Dropout","rate":0.25}"""] = new Dropout(0.25f),
        ["""{"type":"Flatten"}"""] = new Flatten(),
        ["""{"type":"Softmax"}"""] = new Softmax(),
    };

    public static TheoryData<string> Texts => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_layer_goes_to_JSON_and_back(string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(Layers[json], Options));
        Assert.Equal(Layers[json], JsonSerializer.Deserialize<Layer>(json, Options));
    }

    [Fact]
    public void Every_layer_type_is_among_the_cases() => Assert.Equal(
        typeof(Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Layer))).Select(type => type.Name).Order(StringComparer.Ordinal),
        Layers.Values.Select(layer => layer.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        Assert.Equal(new Conv2D(8, 3), Read("""{ "type": "Conv2D", "filters": 8, "kernelSize": 3 }"""));
        Assert.Equal(new Conv2D(8, 3), Read("""{ "type": "Conv2D", "filters": 8, "kernelSize": [3, 3], "padding": [0, 0, 0, 0] }"""));
        Assert.Equal(new MaxPool2D(2), Read("""{ "type": "MaxPool2D", "poolSize": 2 }"""));
        Assert.Equal(new AveragePool2D(2), Read("""{ "type": "AveragePool2D", "poolSize": 2 }"""));
        Assert.Equal(new BatchNorm(), Read("""{ "type": "BatchNorm" }"""));
        Assert.Equal(new Dense(3), Read("""{ "type": "Dense", "units": 3 }"""));
    }

    [Theory]
    [InlineData("""{ "type": "Conv2D", "filters": 8, "kernelSize": [3] }""", "a size is one number or [height, width]")]
    [InlineData("""{ "type": "Conv2D", "filters": 8, "kernelSize": [3, 3, 3] }""", "a size is one number or [height, width]")]
    [InlineData("""{ "type": "Conv2D", "filters": 8, "kernelSize": "3x3" }""", "a number or a list of numbers is expected")]
    [InlineData("""{ "type": "Conv2D", "filters": 8, "kernelSize": [3, "a"] }""", "a list of numbers is expected")]
    [InlineData("""{ "type": "MaxPool2D", "poolSize": 2, "padding": "full" }""", "a padding is \"same\", \"valid\" or [top, left, bottom, right]")]
    [InlineData("""{ "type": "MaxPool2D", "poolSize": 2, "padding": [1, 1] }""", "a padding is \"same\", \"valid\" or [top, left, bottom, right]")]
    public void A_size_or_padding_of_another_form_is_refused(string json, string rule) =>
        Assert.StartsWith(rule, Assert.Throws<JsonException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_negative_margin_is_refused_with_the_message_of_the_padding() => Assert.Equal(
        "Padding [0, -1, 0, 0] has a negative margin; margins are 0 or more.",
        Assert.Throws<DigitMLException>(() => Read("""{ "type": "MaxPool2D", "poolSize": 2, "padding": [0, -1, 0, 0] }""")).Message);

    [Fact]
    public void An_unknown_layer_type_is_refused() => Assert.Throws<JsonException>(() => Read("""{ "type": "Conv3D" }"""));

    private static Layer? Read(string json) => JsonSerializer.Deserialize<Layer>(json, Options);

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        foreach (var converter in NetworkJson.Converters) options.Converters.Add(converter);
        return options;
    }
}
