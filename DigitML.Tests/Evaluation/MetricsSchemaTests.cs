using System.Text.Json.Nodes;
using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Evaluation;

/// <summary>What docs say of metrics.json is what is written.</summary>
public sealed class MetricsSchemaTests
{
    [Fact]
    public void The_page_explains_every_field_and_no_other()
    {
        string page = File.ReadAllText(RepositoryFolder.PathOf("docs/run-folder.md"));
        IEnumerable<string> explained = page[page.IndexOf("## metrics.json", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);

        Assert.Equal(JsonNode.Parse(MetricsFile.JsonSchema())!["properties"]!.AsObject().Select(property => property.Key), explained);
    }

    [Fact]
    public void A_file_that_is_written_has_the_fields_of_the_schema()
    {
        JsonObject written = JsonNode.Parse(new MetricsFile(
            "rows", "sum", 2, 0, 1, 1, 0.1, double.NaN, 1, 1, [1], [0.1, 0.1], new ConfusionMatrixRecord([[1, 0], [0, 1]]), ["0", "1"],
            [new ClassMetrics("0", 1, 1, 1, 1), new ClassMetrics("1", 1, 1, 1, 1)]).ToJson())!.AsObject();
        JsonObject schema = JsonNode.Parse(MetricsFile.JsonSchema())!.AsObject();

        Assert.Equal(schema["required"]!.AsArray().Select(name => (string)name!), written.Select(property => property.Key));
        Assert.Equal("NaN", (string)written["logLossReduction"]!);
        Assert.Contains("NaN", schema["properties"]!["logLossReduction"]!.ToJsonString(), StringComparison.Ordinal);
    }
}
