using System.Globalization;
using DigitML.Data.Recipes;
using DigitML.Model.Files;

namespace DigitML.Experiments.Sweeps;

/// <summary>One run of a sweep.</summary>
/// <param name="Name">The setting in words: "10 epochs, batches of 32".</param>
/// <param name="Folder">Name of its run folder inside the sweep's.</param>
/// <param name="Overrides">What it changes in the recipe.</param>
internal sealed record SweepSetting(string Name, string Folder, RecipeOverrides Overrides)
{
    /// <summary>Every combination of values for some paths in a recipe; the last path changes fastest.</summary>
    /// <param name="values">The paths, each with one or more values, in the order given.</param>
    internal static SweepSetting[] OfGrid(IEnumerable<RecipeSetting> values)
    {
        RecipeSetting[][] places = [.. values.GroupBy(setting => setting.Path).Select(place => place.ToArray())];
        ILookup<string, string> byLastName = places.Select(place => place[0].Path).ToLookup(LastName);
        IEnumerable<RecipeSetting[]> grid = [[]];
        foreach (RecipeSetting[] place in places) grid = grid.SelectMany(chosen => place.Select(setting => (RecipeSetting[])[.. chosen, setting]));
        return [.. grid.Select(chosen => new SweepSetting(
            string.Join(", ", chosen.Select(setting => $"{NameOf(setting)} {setting.Value}")),
            string.Join('_', chosen.Select(setting => FileName($"{NameOf(setting)}-{setting.Value}"))), new RecipeOverrides(Settings: chosen)))];

        string NameOf(RecipeSetting setting) => byLastName[LastName(setting.Path)].Count() == 1 ? LastName(setting.Path) : setting.Path;

        static string LastName(string path) => path.Split('.')[^1];

        static string FileName(string text) => string.Join('-', text.Split([.. Path.GetInvalidFileNameChars(), ' ', '"', ':', '*', '?', '<', '>', '|', '\\']));
    }

    /// <summary>Every setting of one list combined with every one of another.</summary>
    internal static SweepSetting[] Product(IReadOnlyList<SweepSetting> one, IReadOnlyList<SweepSetting> other) =>
        one.Count == 0 ? [.. other] : other.Count == 0 ? [.. one]
        : [.. one.SelectMany(first => other.Select(second => new SweepSetting(
            $"{first.Name}, {second.Name}", $"{first.Folder}_{second.Folder}", first.Overrides.Then(second.Overrides))))];

    /// <summary>Reads settings of epochs and batch size: "1x1,3x1000".</summary>
    /// <param name="text">EPOCHSxBATCH, with commas between settings.</param>
    /// <param name="problem">What is wrong with it, after "--epochs-batch is ..."; empty if it is valid.</param>
    /// <returns>The settings; empty if the text is not valid.</returns>
    internal static SweepSetting[] OfEpochsAndBatch(string text, out string problem)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var settings = new List<SweepSetting>();
        problem = "";
        foreach (string part in parts)
        {
            if (part.Split('x') is not [var epochs, var batch] || Count(epochs) is not int e || Count(batch) is not int b)
            {
                problem = $"\"{part}\" is not a setting; a setting is EPOCHSxBATCH, both whole numbers of at least 1, with commas between settings: 10x32,20x64";
                return [];
            }

            var setting = new SweepSetting(
                string.Create(CultureInfo.InvariantCulture, $"{DisplayText.Count(e, "epoch")}, batches of {b:N0}"), $"epochs-{e}-batch-{b}", new RecipeOverrides(e, b));
            if (settings.Contains(setting))
            {
                problem = $"\"{part}\" appears twice; each setting is run once";
                return [];
            }

            settings.Add(setting);
        }

        return [.. settings];

        static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : null;
    }
}
