using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Experiments.Devices;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Runs;

/// <summary>Several training runs one after another, each in its own folder. Runs that a folder already holds are not repeated.</summary>
internal sealed class RunSeries(RunEnvironment environment)
{
    /// <summary>Trains the runs that are not finished yet.</summary>
    /// <param name="folder">The folder of the series.</param>
    /// <param name="results">The files that the caller will write into it; they may be there if one of the runs is.</param>
    /// <param name="requests">The runs, on the same data; each names its folder.</param>
    /// <param name="title">The line printed before run i.</param>
    /// <returns>The plans of the runs.</returns>
    /// <exception cref="DigitMLException">The input is not valid, a folder holds a run with another plan, or a file would be overwritten.</exception>
    /// <exception cref="RunStoppedException">The user stopped the run.</exception>
    internal RunPlan[] Run(string folder, IEnumerable<string> results, IReadOnlyList<TrainingRequest> requests, Func<int, string> title)
    {
        // Before anything is trained: a mistake in the fourth run should not take an hour to show.
        if (!requests.Any(request => RunFolder.At(request.Out!).IsBegun)) RunFolder.At(folder).CheckFree(results);
        foreach (TrainingRequest request in requests) CheckFolder(request);
        CheckRecipes(requests);
        var run = new TrainingRun(environment);
        for (int i = 0; i < requests.Count; i++)
        {
            environment.Log.WriteLine($"{(i == 0 ? "" : Environment.NewLine)}{title(i)}");
            RunOrRead(run, requests[i]);
        }

        return [.. requests.Select(request => RunPlan.Read(RunFolder.At(request.Out!).Plan))];
    }

    private static void CheckFolder(TrainingRequest request)
    {
        RunFolder folder = RunFolder.At(request.Out!);
        if (!folder.IsBegun) folder.CheckNew();
        else if (PlanDifference.Of(RunPlan.Read(folder.Plan), request) is string difference)
        {
            throw new DigitMLException($"{folder.Path} holds a run with another {difference}; choose another --name or --out, or add --overwrite to replace it.");
        }
    }

    private void CheckRecipes(IReadOnlyList<TrainingRequest> requests)
    {
        (TrainingRequest Request, Recipe Recipe)[] missing = [.. requests.Where(request => !RunFolder.At(request.Out!).IsBegun).Select(request => (request, request.ResolveRecipe()))];
        if (missing is not [var (first, recipe), ..]) return;
        (string data, string? test) = DefaultData.Or(first.Data, first.TestData);
        RunInputs inputs = RunInputs.Load(data, test, first.BaseModel, first.Layout, recipe.Training.Seed, first.ValidationFraction);
        foreach (var one in missing) inputs.NetworkOf(one.Recipe);
        environment.Cancellation.ThrowIfCancellationRequested();
    }

    private void RunOrRead(TrainingRun run, TrainingRequest request)
    {
        RunFolder folder = RunFolder.At(request.Out!);
        if (folder.IsFinished) environment.Log.WriteLine($"Already done: {folder.Path}");
        else if (folder.IsBegun) run.Resume(folder.Path, request.Device);
        else run.Start(request);
    }
}
