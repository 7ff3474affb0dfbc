using System.Collections.Immutable;
using DigitML.Data.Recipes;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Model;

namespace DigitML.Export;

/// <summary>What a generated X.training.cs says of how a model was trained.</summary>
/// <param name="Recipe">How to train it again, all its networks.</param>
/// <param name="Network">One of its networks.</param>
/// <param name="Seeds">The seed of each network.</param>
internal sealed record TrainingCode(Recipe Recipe, Network Network, ImmutableArray<ulong> Seeds)
{
    private const string Indent = "        ";

    /// <summary>What the file of a model says; null where it does not say how the model was trained, or its networks are of several kinds.</summary>
    internal static TrainingCode? Of(DigitModel model)
    {
        ImmutableArray<MemberInfo> members = MemberInfo.Of(model);
        Recipe?[] recipes = [.. members.Select(member => member.Recipe is { } json ? RecipeCatalog.Read("the model's recipe", json.GetRawText()) : null)];
        Network first = model.Members[0].Network;
        bool isOneKind = recipes[0] is not null && recipes.All(recipe => recipe is not null && Settings(recipe) == Settings(recipes[0]!))
            && model.Members.All(member => LayersOf(member.Network).SequenceEqual(LayersOf(first)));
        if (!isOneKind) return null;
        ulong[] seeds = [.. members.Select(member => member.Seed ?? 1)];
        Recipe recipe = recipes[0]! with { Networks = members.Length, TestTimeShift = model.TestTimeShift };
        return new TrainingCode(recipe with { Training = recipe.Training with { Seed = seeds[0] / (ulong)seeds.Length } }, first, [.. seeds]);
    }

    /// <summary>The words of the template that this fills.</summary>
    internal IEnumerable<(string Word, string Text)> Words =>
    [
        ("networkName", Network.Name),
        ("layers", string.Join("\n", LayersOf(Network).Select(layer => $"{Indent}{CSharpText.Of(layer)},"))),
        ("plan", $"new(\n{Indent}{string.Join($",\n{Indent}", CSharpText.Arguments(Recipe.Training with { Seed = 1 }, namesAll: true))})"),
        ("seeds", string.Join(", ", Seeds)),
        ("normalization", Recipe.Normalization == PixelScaling.Standard ? "Standard(training)" : "Unit"),
        ("testTimeShift", CSharpText.Of(Recipe.TestTimeShift)),
    ];

    // What networks of one kind have in common.
    private static (TrainingPlan, PixelScaling) Settings(Recipe recipe) => (recipe.Training with { Seed = 1 }, recipe.Normalization);

    private static IEnumerable<Layer> LayersOf(Network network) => network.Layers.Select(layer => layer.Layer);
}
