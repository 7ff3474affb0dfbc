using System.Text.Json;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Optimizers;

public class OptimizerJsonTests
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Dictionary<string, Optimizer> Optimizers = new()
    {
        ["""{"type":"Adam","beta1":0.8,"beta2":0.99,"epsilon":0.001,"weightDecay":0.01}"""] = new Adam(0.8f, 0.99f, 0.001f, 0.01f),
        ["""{"type":"RmsProp","rho":0.8,"epsilon":0.001,"weightDecay":0}"""] = new RmsProp(0.8f, 0.001f),
        ["""{"type":"Sgd","momentum":0.9,"nesterov":true,"weightDecay":0.5}"""] = new Sgd(0.9f, Nesterov: true, WeightDecay: 0.5f),
    };

    public static TheoryData<string> Texts => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(Texts))]
    public void An_optimizer_goes_to_JSON_and_back(string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(Optimizers[json], Options));
        Assert.Equal(Optimizers[json], JsonSerializer.Deserialize<Optimizer>(json, Options));
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        Assert.Equal(new Adam(), JsonSerializer.Deserialize<Optimizer>("""{ "type": "Adam" }""", Options));
        Assert.Equal(new RmsProp(), JsonSerializer.Deserialize<Optimizer>("""{ "type": "RmsProp" }""", Options));
        Assert.Equal(new Sgd(), JsonSerializer.Deserialize<Optimizer>("""{ "type": "Sgd" }""", Options));
    }
}
