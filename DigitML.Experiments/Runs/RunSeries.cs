using DigitML.Engine;
using DigitML.Experiments.Devices;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Runs;

/// <summary>Several training runs one after another, each in its own folder. Runs that a folder already holds are not repeated.</summary>
internal sealed class RunSeries(RunEnvironment environment)
{
    /// <summary>Trains the runs that are not finished yet.</summary>
    /// <param name="requests">The runs; each names its folder.</param>
    /// <param name="title">The line printed before run i.</param>
    /// <returns>The plans of the runs.</returns>
    /// <exception cref="DigitMLException">The input is not valid, or a folder holds a run with another plan.</exception>
    /// <exception cref="RunStoppedException">The user stopped the run.</exception>
    internal RunPlan[] Run(IReadOnlyList<TrainingRequest> requests, Func<int, string> title)
    {
        // Before anything is trained: a mistake in the fourth run should not take an hour to show.
        foreach (TrainingRequest request in requests) CheckPlan(request);
        for (int i = 0; i < requests.Count; i++)
        {
            environment.Log.WriteLine($"{(i == 0 ? "" : Environment.NewLine)}{title(i)}");
            RunOrRead(requests[i]);
        }

        return [.. requests.Select(request => RunPlan.Read(RunFolder.At(request.Out!).Plan))];
    }

    private static void CheckPlan(TrainingRequest request)
    {
        RunFolder folder = RunFolder.At(request.Out!);
        if (folder.IsBegun && PlanDifference.Of(RunPlan.Read(folder.Plan), request) is string difference)
        {
            throw new DigitMLException($"{folder.Path} holds a run with another {difference}; choose another --out, or delete that folder.");
        }
    }

    private void RunOrRead(TrainingRequest request)
    {
        RunFolder folder = RunFolder.At(request.Out!);
        var run = new TrainingRun(environment);
        if (folder.IsFinished) environment.Log.WriteLine($"Already done: {folder.Path}");
        else if (folder.IsBegun) run.Resume(folder.Path, request.Device);
        else run.Start(request);
    }
}
