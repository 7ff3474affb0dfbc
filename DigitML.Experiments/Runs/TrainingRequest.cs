using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Experiments.Devices;
using DigitML.MLNet;

namespace DigitML.Experiments.Runs;

/// <summary>A training to run. Everything may be left out: null leaves the choice to the program.</summary>
public sealed record TrainingRequest
{
    /// <summary>Training data file; null for the MNIST files that come with DigitML, test data included.</summary>
    public string? Data { get; init; }

    /// <summary>Test data file: scored once, at the end.</summary>
    public string? TestData { get; init; }

    /// <summary>Recipe by name or file; null for "compact", or for the model's own where <see cref="BaseModel"/> is set.</summary>
    public string? Recipe { get; init; }

    /// <summary>A recipe of your own; goes before <see cref="Recipe"/>.</summary>
    public Recipe? CustomRecipe { get; init; }

    /// <summary>The trainer: "digitcnn", which trains a recipe, or one of ML.NET's, such as "lbfgs" or "lightgbm", which have no recipe.</summary>
    public string Trainer { get; init; } = DigitTrainers.DigitCnnName;

    /// <summary>Changes to the recipe.</summary>
    public RecipeOverrides Overrides { get; init; } = new();

    /// <summary>Share of the rows to hold out for validation; null for a tenth, at most 5,000 rows.</summary>
    public double? ValidationFraction { get; init; }

    /// <summary>The run's name: its folder is runs/NAME. Null for the time and the recipe's name.</summary>
    public string? Name { get; init; }

    /// <summary>The run's folder, in place of one under runs.</summary>
    public string? Out { get; init; }

    /// <summary>A model file to retrain.</summary>
    public string? BaseModel { get; init; }

    /// <summary>The device.</summary>
    public DeviceRequest Device { get; init; } = new();

    /// <summary>The recipe with the changes: the custom one, the named one, the default one, or that of the model to retrain.</summary>
    /// <exception cref="DigitMLException">There is no such recipe or model, or a value is outside its range.</exception>
    internal Recipe ResolveRecipe()
    {
        Recipe recipe = Overrides.Apply(CustomRecipe ?? (BaseModel is null
            ? RecipeCatalog.Get(Recipe ?? RecipeCatalog.DefaultName)
            : RetrainRecipe.For(RetrainRecipe.LoadModel(BaseModel), Recipe)));
        recipe.Training.Validate();
        return recipe;
    }
}
