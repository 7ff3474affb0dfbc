using System.Text.Json.Nodes;
using DigitML.Data.Recipes;
using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Documentation;

/// <summary>Pages that say what the code has: generated from it, and equal to what is committed.</summary>
public sealed class GeneratedPagesTests
{
    [Fact]
    public void The_recipe_page_has_every_setting_with_its_default() => GeneratedPart.CheckBlock("docs/recipes.md", "settings", RecipeReference.Markdown());

    [Fact]
    public void The_recipe_schema_is_that_of_the_types() => GeneratedPart.CheckFile("docs/recipe.schema.json", RecipeReference.Schema());

    [Fact]
    public void The_metrics_schema_is_that_of_the_record() => GeneratedPart.CheckFile("docs/metrics.schema.json", MetricsFile.JsonSchema());

    /// <summary>Every property of every recipe that comes with DigitML is in the schema: what the reader accepts, an editor accepts.</summary>
    [Fact]
    public void The_recipe_schema_knows_what_recipes_hold()
    {
        JsonObject schema = JsonNode.Parse(RecipeReference.Schema())!.AsObject();
        foreach (string name in RecipeCatalog.Names) Check(schema, JsonNode.Parse(RecipeCatalog.Get(name).ToJson())!.AsObject(), name);

        void Check(JsonObject definition, JsonObject value, string place)
        {
            foreach ((string property, JsonNode? child) in value)
            {
                JsonObject? of = definition["properties"]?[property]?.AsObject();
                Assert.True(of is not null, $"{place}.{property} is not in the schema");
                if (of["type"]?.GetValue<string>() == "array" && of["items"]?["$ref"] is not null)
                {
                    foreach (JsonNode? item in child!.AsArray()) Check(Resolve(of["items"]!, item!), item!.AsObject(), $"{place}.{property}");
                }
                else if (child is JsonObject inner)
                {
                    Check(Resolve(of, inner), inner, $"{place}.{property}");
                }
            }
        }

        JsonObject Resolve(JsonNode reference, JsonNode value)
        {
            JsonObject definition = schema["$defs"]![reference["$ref"]!.GetValue<string>()["#/$defs/".Length..]]!.AsObject();
            return definition["oneOf"] is null ? definition : schema["$defs"]![value["type"]!.GetValue<string>()]!.AsObject();
        }
    }
}
