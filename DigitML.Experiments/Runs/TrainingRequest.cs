using DigitML.Data.Layouts;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Experiments.Devices;
using DigitML.MLNet;

namespace DigitML.Experiments.Runs;

/// <summary>A request for a training run. Everything is optional: null means the default.</summary>
public sealed record TrainingRequest
{
    /// <summary>Training data file; null for the MNIST files that come with DigitML, test data included.</summary>
    public string? Data { get; init; }

    /// <summary>Test data file: used once, at the end, for evaluation.</summary>
    public string? TestData { get; init; }

    /// <summary>How the data files are laid out, as far as that is not to be found.</summary>
    public FileLayout Layout { get; init; } = FileLayout.Found;

    /// <summary>Recipe by name or file; null for "compact", or for the model's own where <see cref="BaseModel"/> is set.</summary>
    public string? Recipe { get; init; }

    /// <summary>A custom recipe; takes precedence over <see cref="Recipe"/>.</summary>
    public Recipe? CustomRecipe { get; init; }

    /// <summary>The trainer: "digitcnn", which trains a recipe, or one of ML.NET's without a recipe, such as "lbfgs" or "lightgbm".</summary>
    public string Trainer { get; init; } = DigitTrainers.DigitCnnName;

    /// <summary>Changes to the recipe.</summary>
    public RecipeOverrides Overrides { get; init; } = new();

    /// <summary>Fraction of the rows to hold out for validation; null for a tenth, at most 5,000 rows.</summary>
    public double? ValidationFraction { get; init; }

    /// <summary>The run's name: its folder is runs/NAME. Null for a name made of the time and the recipe's name.</summary>
    public string? Name { get; init; }

    /// <summary>The run's folder; null for one under runs/.</summary>
    public string? Out { get; init; }

    /// <summary>A model file to retrain.</summary>
    public string? BaseModel { get; init; }

    /// <summary>The device on which to train.</summary>
    public DeviceRequest Device { get; init; } = new();

    /// <summary>The command line as it was typed; null if there was none.</summary>
    internal string? Command { get; init; }

    /// <summary>The seed by which rows are held out; null for the run's seed.</summary>
    internal ulong? SplitSeed { get; init; }

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
