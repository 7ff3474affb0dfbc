using DigitML.Engine;
using DigitML.Training.Devices;
using DigitML.Training.Runs;

namespace DigitML.Training.Sweeps;

/// <summary>Trains one recipe with several settings, each in a run folder of its own. What a folder holds already is not done again.</summary>
internal sealed class Sweep(Terminal terminal, OpenDevice openDevice)
{
    /// <summary>Runs all settings and writes their table.</summary>
    /// <param name="request">What the runs share.</param>
    /// <param name="settings">What they differ in, one or more.</param>
    /// <exception cref="DigitMLException">The input is bad, or a run folder holds a run of another plan.</exception>
    /// <exception cref="RunStoppedException">The user stopped it.</exception>
    internal SweepResult Run(TrainingRequest request, IReadOnlyList<SweepSetting> settings)
    {
        string folder = FolderOf(request);
        TrainingRequest[] requests = [.. settings.Select(setting => RequestOf(request, setting, folder))];

        // Before anything is trained: a mistake in the fourth setting should not take an hour to show.
        foreach (TrainingRequest one in requests) CheckPlan(one);
        for (int i = 0; i < requests.Length; i++)
        {
            terminal.Error.WriteLine($"{(i == 0 ? "" : Environment.NewLine)}Setting {i + 1} of {requests.Length}: {settings[i].Name}");
            RunOrRead(requests[i]);
        }

        RunPlan[] plans = [.. requests.Select(one => RunPlan.Read(RunFolder.At(one.Out!).Plan))];
        var result = SweepResult.Of(folder, plans[^1], [.. requests.Zip(plans, (one, plan) => SweepRow.Of(RunFolder.At(one.Out!), plan))]);
        result.Write();
        return result;
    }

    /// <summary>The sweep's own folder.</summary>
    internal static string FolderOf(TrainingRequest request) =>
        RunFolder.PathOf(request.Out, request.Name, $"sweep-{request.ResolveRecipe().Name}", DateTime.UtcNow);

    private static TrainingRequest RequestOf(TrainingRequest request, SweepSetting setting, string folder) => request with
    {
        Overrides = request.Overrides.Then(setting.Overrides),
        Name = null,
        Out = Path.Combine(folder, setting.Folder),
    };

    private static void CheckPlan(TrainingRequest request)
    {
        RunFolder folder = RunFolder.At(request.Out!);
        if (folder.IsBegun && RunPlan.Read(folder.Plan).DifferenceFrom(request) is string difference)
        {
            throw new DigitMLException($"{folder.Path} holds a run with another {difference}; choose another --out, or delete that folder.");
        }
    }

    private void RunOrRead(TrainingRequest request)
    {
        RunFolder folder = RunFolder.At(request.Out!);
        var run = new TrainingRun(terminal, openDevice);
        if (folder.IsFinished) terminal.Error.WriteLine($"Done before: {folder.Path}");
        else if (folder.IsBegun) run.Resume(folder.Path, request.Device);
        else run.Start(request);
    }
}
