using System.Globalization;
using DigitML.Training.Recipes;

namespace DigitML.Training.Sweeps;

/// <summary>One run of a sweep.</summary>
/// <param name="Name">What is tried, in words: "10 epochs, batches of 32".</param>
/// <param name="Folder">Name of its run folder inside the sweep's.</param>
/// <param name="Overrides">What it changes in the recipe.</param>
internal sealed record SweepSetting(string Name, string Folder, RecipeOverrides Overrides)
{
    /// <summary>Reads settings of epochs and batch size: "1x1,3x1000".</summary>
    /// <param name="text">EPOCHSxBATCH, with commas between settings.</param>
    /// <param name="problem">What is wrong with it, after "--epochs-batch is ..."; empty where all is right.</param>
    /// <returns>The settings; none where something is wrong.</returns>
    internal static SweepSetting[] OfEpochsAndBatch(string text, out string problem)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var settings = new List<SweepSetting>();
        problem = "";
        foreach (string part in parts)
        {
            if (part.Split('x') is not [var epochs, var batch] || Count(epochs) is not int e || Count(batch) is not int b)
            {
                problem = $"\"{part}\" is no setting; a setting is EPOCHSxBATCH, both whole numbers of at least 1, with commas between settings: 10x32,20x64";
                return [];
            }

            var setting = new SweepSetting(
                string.Create(CultureInfo.InvariantCulture, $"{e:N0} epoch{(e == 1 ? "" : "s")}, batches of {b:N0}"), $"epochs-{e}-batch-{b}", new RecipeOverrides(e, b));
            if (settings.Contains(setting))
            {
                problem = $"\"{part}\" is there twice; each setting is run once";
                return [];
            }

            settings.Add(setting);
        }

        return [.. settings];

        static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : null;
    }
}
