using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Model;
using DigitML.Experiments.Devices;

namespace DigitML.Experiments.Runs;

/// <summary>What the user asked to train; null leaves the choice to the program.</summary>
/// <param name="Data">Training data file; null for the MNIST files that come with DigitML.</param>
/// <param name="TestData">Test data file.</param>
/// <param name="Recipe">Recipe by name or file.</param>
/// <param name="Overrides">Changes to the recipe.</param>
/// <param name="ValidationFraction">Share of the rows to hold out.</param>
/// <param name="Name">The run's name.</param>
/// <param name="Out">The run's folder.</param>
/// <param name="BaseModel">A model to go on from.</param>
/// <param name="Device">What does the work.</param>
internal sealed record TrainingRequest(
    string? Data, string? TestData, string? Recipe, RecipeOverrides Overrides, double? ValidationFraction, string? Name, string? Out, string? BaseModel, DeviceRequest Device)
{
    /// <summary>A recipe that has neither name nor file; goes before <see cref="Recipe"/>.</summary>
    internal Recipe? Given { get; init; }

    /// <summary>The recipe with the changes: the named one, the default one, or that of the model to go on from.</summary>
    /// <exception cref="DigitMLException">There is no such recipe or model, or a value is outside its range.</exception>
    internal Recipe ResolveRecipe()
    {
        Recipe recipe = Overrides.Apply(Given ?? (BaseModel is null
            ? RecipeCatalog.Get(Recipe ?? RecipeCatalog.DefaultName)
            : RetrainRecipe.For(RetrainRecipe.LoadModel(BaseModel), Recipe)));
        recipe.Training.Validate();
        return recipe;
    }
}
