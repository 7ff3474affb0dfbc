using System.Globalization;
using DigitML.Data.Recipes;
using DigitML.Engine.Cpu;
using DigitML.Engine;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Runs;

/// <summary>The command line that reproduces a run.</summary>
internal static class ReproduceCommand
{
    /// <summary>The command line.</summary>
    /// <param name="plan">The plan; that of the first network if there are several.</param>
    /// <param name="recipe">The recipe; null for trainers without one.</param>
    /// <param name="recipeFile">The recipe file in the run's folder, for a recipe that cannot be given by name and options.</param>
    /// <returns>The command; for one network of several that hold out the same rows, the command that trained them all; null if that is not known.</returns>
    internal static string? Of(RunPlan plan, Recipe? recipe, string recipeFile)
    {
        if (plan.Split.Seed is not null && recipe is { Networks: 1 }) return plan.Command;
        var words = new List<string>(plan.BaseModel is { } model ? ["retrain", "--model", CommandLineText.Relative(model.Path)] : ["train"]);
        if (plan.BaseModel is not null || !IsDefault(plan)) words.AddRange(["--data", CommandLineText.Relative(plan.Data.Path)]);
        if (plan.TestData is { } test && (plan.BaseModel is not null || !IsDefault(plan))) words.AddRange(["--test-data", CommandLineText.Relative(test.Path)]);
        words.AddRange(LayoutWords.Of(plan.Layout));
        if (recipe is not null) words.AddRange(RecipeWords(recipe, recipeFile, isRetrained: plan.BaseModel is not null));
        else words.AddRange(["--trainer", plan.Trainer, .. Differing("--seed", 1UL, plan.Seed)]);
        if (plan.Split.ValidationRows != RunInputs.RowsHeldOut(plan.Data.Rows!.Value, plan.Classes.Length, null))
        {
            words.AddRange(["--validation-fraction", ((double)plan.Split.ValidationRows / plan.Data.Rows.Value).ToString("0.######", CultureInfo.InvariantCulture)]);
        }

        if (plan.NumericMode != NumericMode.Balanced) words.AddRange(["--numeric-mode", plan.NumericMode.ToString().ToLowerInvariant()]);
        return CommandLineText.Of([.. words]);
    }

    // By name and differences if the program has the recipe, else from a file.
    private static string[] RecipeWords(Recipe recipe, string recipeFile, bool isRetrained)
    {
        Recipe? known = !isRetrained && RecipeCatalog.Names.Contains(recipe.Name) ? RecipeCatalog.Get(recipe.Name) : null;
        var changes = new RecipeOverrides(
            recipe.Training.Epochs, recipe.Training.BatchSize, RecipeOverrides.RateOf(recipe.Training.LearningRate), recipe.Training.Seed, recipe.Networks, recipe.TestTimeShift);
        if (known is null || StrictJson.Write(changes.Apply(known)) != StrictJson.Write(recipe)) return ["--recipe", CommandLineText.Relative(recipeFile)];
        return
        [
            .. known.Name == RecipeCatalog.DefaultName ? (string[])[] : ["--recipe", known.Name],
            .. Differing("--epochs", known.Training.Epochs, recipe.Training.Epochs),
            .. Differing("--batch-size", known.Training.BatchSize, recipe.Training.BatchSize),
            .. Differing("--learning-rate", RecipeOverrides.RateOf(known.Training.LearningRate), RecipeOverrides.RateOf(recipe.Training.LearningRate)),
            .. Differing("--seed", known.Training.Seed, recipe.Training.Seed),
            .. Differing("--networks", known.Networks, recipe.Networks),
            .. Differing("--test-time-shifts", known.TestTimeShift, recipe.TestTimeShift),
        ];
    }

    private static string[] Differing<T>(string option, T usual, T value) where T : IFormattable, IEquatable<T> =>
        usual.Equals(value) ? [] : [option, value.ToString(null, CultureInfo.InvariantCulture)];

    private static bool IsDefault(RunPlan plan)
    {
        try
        {
            (string data, string? test) = DefaultData.Or(null, null);
            return Path.GetFullPath(data) == plan.Data.Path && (test is null ? null : Path.GetFullPath(test)) == plan.TestData?.Path;
        }
        catch (DigitMLException)
        {
            return false;
        }
    }
}
