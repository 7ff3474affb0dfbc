using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using DigitML.Data.Recipes;
using DigitML.Engine.Networks;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Summaries;
using DigitML.Model;

namespace DigitML.Training.Commands;

/// <summary><c>digitml summary</c>: the layers of a recipe or a model with shapes and parameter counts.</summary>
internal static class SummaryCommand
{
    private const int UsualSide = 28, UsualClasses = 10;

    internal static Command Create(Terminal terminal)
    {
        Option<string?> recipe = FileOption.Optional("--recipe", "NAME|FILE", "A recipe by name or file, shown for 28x28 images in 10 classes.");
        Option<string?> model = FileOption.Optional("--model", "FILE", "A model file.");
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
                DigitModel loaded = DigitModel.Load(file);
                if (isJson) terminal.WriteJson(DescribeWithHash(loaded));
                else terminal.Output.Write($"{ModelTable.Format(loaded)}SHA-256 of graph, labels and weights: {loaded.ComputeSha256()}\n");
                return;
            }

            Recipe wanted = RecipeCatalog.Get(parsed.GetValue(recipe)!);
            Network[] networks = [.. wanted.Members.Select(member => member.BuildNetwork(UsualSide, UsualSide, UsualClasses))];
            if (isJson) terminal.WriteJson(Describe(wanted, networks));
            else terminal.Output.Write(networks is [Network network] ? LayerTable.Format(network) : ModelTable.Kinds(networks));
        });
        return command.WithExamples("""
            digitml summary --recipe keras-cnn
            digitml summary --recipe my-recipe.json
            digitml summary --model runs/first/model.onnx --json
            """);
    }

    private static JsonNode DescribeWithHash(DigitModel model)
    {
        JsonNode description = JsonSerializer.SerializeToNode(Describe(model), ResultJson.Options)!;
        description["sha256"] = model.ComputeSha256();
        return description;
    }

    private static object Describe(DigitModel model) => ModelText.Averaging(model) is null ? Describe(model.Network) : new
    {
        model.Name,
        model.TestTimeShift,
        Members = model.Members.Select(member => Describe(member.Network)),
        TotalParameters = model.Members.Sum(member => member.Network.TrainableParameterCount + member.Network.NonTrainableParameterCount),
        TrainableParameters = ModelText.Parameters(model),
        NonTrainableParameters = model.Members.Sum(member => member.Network.NonTrainableParameterCount),
    };

    private static object Describe(Recipe recipe, Network[] networks) => networks is [Network network] ? Describe(network) : new
    {
        recipe.Name,
        recipe.TestTimeShift,
        Members = networks.Select(Describe),
        TrainableParameters = networks.Sum(member => member.TrainableParameterCount),
    };

    private static object Describe(Network network) => new
    {
        network.Name,
        Layers = network.Layers.Select(layer => new
        {
            layer.Name,
            Type = layer.Layer.GetType().Name,
            OutputShape = Sizes(layer.OutputShape),
            Parameters = layer.ParameterCount,
        }),
        TotalParameters = network.TrainableParameterCount + network.NonTrainableParameterCount,
        TrainableParameters = network.TrainableParameterCount,
        NonTrainableParameters = network.NonTrainableParameterCount,
    };

    private static int[] Sizes(Shape shape) => shape.IsVector ? [shape.Channels] : [shape.Height, shape.Width, shape.Channels];
}
