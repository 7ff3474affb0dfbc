using System.Text.Json;
using System.Text.RegularExpressions;
using DigitML.Data.Recipes;
using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Commands;

public class ListCommandsTests
{
    [Fact]
    public void Recipes_lists_names_sizes_and_epochs()
    {
        string[] lines = ConsoleRun.Of("recipes").Output.Split('\n');
        Assert.Matches("^Recipe +Parameters  Epochs  Description$", lines[0]);
        Assert.Matches("^compact +14,440      20  The default: ", lines[1]);
        Assert.Single(lines, line => Regex.IsMatch(line, "^keras-cnn +887,530      30  "));
        Assert.Equal(RecipeCatalog.Names.Length + 2, lines.Length);
        JsonElement json = Json("recipes", "--json");
        Assert.Equal(RecipeCatalog.Names, json.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!));
        Assert.Equal(["name", "parameters", "epochs", "batchSize", "networks", "description"], Names(json[0]));
    }

    [Fact]
    public void A_named_recipe_is_printed_as_it_is() =>
        Assert.Equal(RecipeCatalog.JsonOf("keras-cnn"), ConsoleRun.Of("recipes", "keras-cnn").Output);

    [Fact]
    public void An_unknown_recipe_is_refused_everywhere()
    {
        string message = $"error: There is no recipe and no file \"nope\"; the recipes are {string.Join(", ", RecipeCatalog.Names)}, and digitml recipes NAME prints one to copy and change.\n";
        foreach (string[] line in new string[][] { ["recipes", "nope"], ["summary", "--recipe", "nope"], ["bench", "train", "--recipe", "nope"], ["train", "--recipe", "nope"] })
        {
            ConsoleRun run = ConsoleRun.Of(line);
            Assert.Equal((1, "", message), (run.ExitCode, run.Output, run.Error));
        }
    }

    [Fact]
    public void Devices_names_the_processor_and_says_that_there_is_no_cuda()
    {
        Assert.Matches(@"^cpu   .+: (128|256|512)-bit vectors, \d+ threads, numeric modes balanced, exact, fast\r?\ncuda  not available: CUDA is not part of this build\.\r?\n$", ConsoleRun.Of("devices").Output);
        JsonElement json = Json("devices", "--json");
        Assert.Equal(["name", "available", "processor", "vectorBits", "threads", "numericModes"], Names(json[0]));
        Assert.False(json[1].GetProperty("available").GetBoolean());
    }

    [Fact]
    public void Summary_gives_machines_the_layers()
    {
        JsonElement json = Json("summary", "--recipe", "compact-9768", "--json");
        Assert.Equal(["name", "layers", "totalParameters", "trainableParameters", "nonTrainableParameters"], Names(json));
        Assert.Equal(9768, json.GetProperty("trainableParameters").GetInt32());
        Assert.Equal("[26,26,8]", JsonSerializer.Serialize(json.GetProperty("layers")[0].GetProperty("outputShape")));
    }

    [Theory]
    [InlineData("train")]
    [InlineData("predict")]
    public void Bench_prints_one_line_of_json(string what)
    {
        ConsoleRun run = ConsoleRun.OnCpu("bench", what, "--recipe", "compact-9768", "--batch-size", "4", "--threads", "1", "--seconds", "0.05", "--vector-bits", "128", "--numeric-mode", "fast", "--json");
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(["samplesPerSecond", "threads", "batchSize", "recipe", "vectorBits", "numericMode"], Names(json));
        Assert.True(json.GetProperty("samplesPerSecond").GetDouble() > 0);
        Assert.Equal((1, 4, "compact-9768", 128), (json.GetProperty("threads").GetInt32(), json.GetProperty("batchSize").GetInt32(),
            json.GetProperty("recipe").GetString(), json.GetProperty("vectorBits").GetInt32()));
        Assert.Equal("fast", json.GetProperty("numericMode").GetString());
        Assert.Equal(1, run.Output.Count(c => c == '\n'));
    }

    private static JsonElement Json(params string[] args) => JsonDocument.Parse(ConsoleRun.Of(args).Output).RootElement;

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
