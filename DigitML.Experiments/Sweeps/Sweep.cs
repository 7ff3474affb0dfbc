using DigitML.Engine;
using DigitML.Experiments.Devices;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;

namespace DigitML.Experiments.Sweeps;

/// <summary>Trains one recipe with several settings, each in its own run folder. Runs that a folder already holds are not repeated.</summary>
internal sealed class Sweep(RunEnvironment environment)
{
    /// <summary>Runs all settings and writes their table.</summary>
    /// <param name="request">What the runs share.</param>
    /// <param name="settings">The settings in which they differ, one or more.</param>
    /// <exception cref="DigitMLException">The input is not valid, or a run folder holds a run with another plan.</exception>
    /// <exception cref="RunStoppedException">The user stopped the run.</exception>
    internal SweepResult Run(TrainingRequest request, IReadOnlyList<SweepSetting> settings)
    {
        if (request.ResolveRecipe() is { Networks: > 1 } recipe)
        {
            throw new DigitMLException($"Recipe \"{recipe.Name}\" trains {recipe.Networks} networks; a sweep trains one per setting: set networks to 1 in a copy.");
        }

        string folder = FolderOf(request);
        TrainingRequest[] requests = [.. settings.Select(setting => RequestOf(request, setting, folder))];
        CheckDistinct(requests, settings);
        RunPlan[] plans = new RunSeries(environment).Run(folder, SweepResult.FilesIn(folder), requests, i => $"Setting {i + 1} of {requests.Length}: {settings[i].Name}");
        var result = SweepResult.Of(folder, plans[^1], [.. requests.Select((one, i) => SweepRow.Of(RunFolder.At(one.Out!), plans[i], settings[i]))]);
        result.Write();
        return result;
    }

    /// <summary>The sweep's own folder.</summary>
    internal static string FolderOf(TrainingRequest request) =>
        RunFolder.PathOf(request.Out, request.Name, $"sweep-{request.ResolveRecipe().Name}", DateTime.UtcNow);

    // Values that are written differently, such as 0.1 and 0.10, may give the same recipe.
    private static void CheckDistinct(TrainingRequest[] requests, IReadOnlyList<SweepSetting> settings)
    {
        var names = new Dictionary<string, string>();
        for (int i = 0; i < requests.Length; i++)
        {
            string recipe = requests[i].ResolveRecipe().ToJson();
            if (!names.TryAdd(recipe, settings[i].Name)) throw new DigitMLException($"The settings \"{names[recipe]}\" and \"{settings[i].Name}\" are the same; leave one out.");
        }
    }

    private static TrainingRequest RequestOf(TrainingRequest request, SweepSetting setting, string folder) => request with
    {
        Overrides = request.Overrides.Then(setting.Overrides),
        Name = null,
        Out = Path.Combine(folder, setting.Folder),
    };
}
