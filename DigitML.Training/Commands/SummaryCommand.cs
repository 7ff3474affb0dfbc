using System.CommandLine;
using System.Text.Json.Serialization;
using DigitML.Data.Recipes;
using DigitML.Engine.Networks;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Summaries;
using DigitML.Model;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml summary</c>: the layers of a recipe or a model with shapes and parameter counts.</summary>
internal static class SummaryCommand
{
    private const int DefaultSide = 28, DefaultClasses = 10;

    internal static Command Create(Terminal terminal)
    {
        Option<string?> recipe = FileOption.Optional("--recipe", "NAME|FILE", "A recipe by name or file, shown for 28x28 images in 10 classes.");
        Option<string?> model = FileOption.Optional("--model", "FILE|DIR", "A model: model.onnx, or the folder of a run.");
        Option<bool> json = FileOption.Json();
        var command = new Command("summary", "Shows the layers of a recipe or a model, their shapes and parameters.") { recipe, model, json };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(recipe) is null) == (result.GetValue(model) is null)) result.AddError("digitml summary takes either --recipe or --model.");
        });
        command.SetAction(parsed =>
        {
            bool isJson = parsed.GetValue(json);
            if (parsed.GetValue(model) is string file)
            {
                DigitModel loaded = DigitModel.Load(RunFolder.ModelIn(file));
                if (isJson) terminal.WriteJson(Describe(loaded));
                else terminal.Output.Write($"{ModelTable.Format(loaded)}SHA-256 of graph, labels and weights: {loaded.ComputeSha256()}\n");
                return;
            }

            Recipe wanted = RecipeCatalog.Get(parsed.GetValue(recipe)!);
            Network[] networks = [.. wanted.Members.Select(member => member.BuildNetwork(DefaultSide, DefaultSide, DefaultClasses))];
            if (isJson) terminal.WriteJson(Describe(wanted, networks));
            else terminal.Output.Write(networks is [Network network] ? LayerTable.Format(network) : ModelTable.Kinds(networks));
        });
        return command.WithExamples("""
            digitml summary --recipe keras-cnn
            digitml summary --recipe my-recipe.json
            digitml summary --model runs/first/model.onnx --json
            """);
    }

    private static Summary Describe(DigitModel model)
    {
        Summary summary = ModelText.Averaging(model) is null
            ? Describe(model.Network)
            : Describe(model.Name, model.TestTimeShift, [.. model.Members.Select(member => member.Network)]);
        return summary with { Sha256 = model.ComputeSha256() };
    }

    private static Summary Describe(Recipe recipe, Network[] networks) =>
        networks is [Network network] ? Describe(network) : Describe(recipe.Name, recipe.TestTimeShift, networks);

    private static Summary Describe(string name, int testTimeShift, Network[] networks) => Parameters(name, networks) with
    {
        TestTimeShift = testTimeShift,
        Members = [.. networks.Select(Describe)],
    };

    private static Summary Describe(Network network) => Parameters(network.Name, [network]) with
    {
        Layers = [.. network.Layers.Select(layer => new LayerSummary(layer.Name, layer.Layer.GetType().Name, Sizes(layer.OutputShape), layer.ParameterCount))],
    };

    private static Summary Parameters(string name, Network[] networks)
    {
        int trainable = networks.Sum(network => network.TrainableParameterCount), others = networks.Sum(network => network.NonTrainableParameterCount);
        return new Summary(name, trainable + others, trainable, others);
    }

    private static int[] Sizes(Shape shape) => shape.IsVector ? [shape.Channels] : [shape.Height, shape.Width, shape.Channels];

    /// <summary>A network has layers; a model of several networks or positions has members.</summary>
    private sealed record Summary(
        string Name,
        [property: JsonPropertyOrder(1)] int TotalParameters,
        [property: JsonPropertyOrder(1)] int TrainableParameters,
        [property: JsonPropertyOrder(1)] int NonTrainableParameters)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? TestTimeShift { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Summary[]? Members { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public LayerSummary[]? Layers { get; init; }

        /// <summary>Of graph, labels and weights; models only.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(2)]
        public string? Sha256 { get; init; }
    }

    private sealed record LayerSummary(string Name, string Type, int[] OutputShape, int Parameters);
}
