using DigitML.Data;
using DigitML.Data.Predictions;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Devices;
using DigitML.Engine.Files;
using DigitML.Model;
using DigitML.Model.Files;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;
using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Ensembles;

/// <summary>
/// Trains the networks of a recipe that has several, each in its own run folder inside the ensemble's, and merges them into one model. Runs that a folder
/// already holds are not repeated.
/// </summary>
internal sealed class EnsembleRun(RunEnvironment environment)
{
    /// <summary>Trains, merges, tests, and writes model.onnx, metrics.json, predictions.csv and report.html.</summary>
    /// <exception cref="DigitMLException">The input is not valid, or a folder holds a run with another plan.</exception>
    /// <exception cref="RunStoppedException">The user stopped the run.</exception>
    internal RunOutcome Run(TrainingRequest request)
    {
        Recipe recipe = request.ResolveRecipe();
        RunFolder folder = RunFolder.At(FolderOf(request));
        if (folder.IsBegun) throw new DigitMLException($"{folder.Path} holds a run of one network; choose another --name or --out, or add --overwrite to replace it.");
        TrainingRequest[] requests = [.. Enumerable.Range(0, recipe.Networks).Select(network => RequestOf(request, network, folder.Path))];
        RunPlan[] plans = new RunSeries(environment).Run(folder.Path, folder.Files, requests, i => $"Network {i + 1} of {requests.Length}, seed {requests[i].ResolveRecipe().Training.Seed}");

        DigitModel model = MergedModels.Merge([.. requests.Select(one => one.Out!)], recipe.TestTimeShift);
        RunInputs inputs = RunInputs.Load(plans[0]);
        if (inputs is { Test: null, Validation: { } heldOut })
        {
            environment.Log.WriteLine();
            environment.Log.WriteLine($"The {recipe.Networks} networks together are measured on the {DisplayText.Count(heldOut.Count, "row")} that none of them learned from.");
        }

        EvaluationResult? evaluation = inputs.Evaluated is { } rows ? Evaluate(model, rows, request.Device) : null;
        model = folder.WriteResults(model.WithTrainingRange(inputs.PixelRange), evaluation);
        AtomicFile.WriteText(folder.Recipe, recipe.ToJson());
        (RunFolder Folder, RunPlan Plan)[] networks = [.. requests.Zip(plans, (one, plan) => (RunFolder.At(one.Out!), plan))];
        Report report = RunReport.Of(folder, recipe, model, networks, inputs, evaluation);
        ReportPage.Write(report, folder.Report);
        return new RunOutcome(
            folder, Summarize(folder, recipe, model, networks, inputs, evaluation), WeightsEpoch: 0, evaluation, report, NextCommands.Of(folder, plans[0]));
    }

    /// <summary>The ensemble's own folder.</summary>
    internal static string FolderOf(TrainingRequest request) => RunFolder.PathOf(request.Out, request.Name, request.ResolveRecipe().Name, DateTime.UtcNow);

    private static TrainingRequest RequestOf(TrainingRequest request, int network, string folder) => request with
    {
        Overrides = request.Overrides.Then(new RecipeOverrides(Member: network)),

        // Without test rows, the networks together are tested on the held-out rows, which none of them may have learned from.
        SplitSeed = DefaultData.Or(request.Data, request.TestData).TestData is null ? request.ResolveRecipe().Training.Seed : null,
        Name = null,
        Out = Path.Combine(folder, $"network-{network + 1}"),
    };

    private EvaluationResult Evaluate(DigitModel model, DigitFile test, DeviceRequest device)
    {
        using IDevice opened = environment.OpenDevice(device);
        using var classifier = new DigitClassifier(model, opened);
        return classifier.Evaluate(test, environment.Cancellation);
    }

    private static RunSummary Summarize(
        RunFolder folder, Recipe recipe, DigitModel model, (RunFolder Folder, RunPlan Plan)[] networks, RunInputs inputs, EvaluationResult? evaluation)
    {
        IReadOnlyList<RunEpoch>[] histories = [.. networks.Select(network => RunHistory.Read(network.Folder.History))];
        double seconds = histories.Sum(history => history.Sum(epoch => epoch.Seconds));
        NetworkSummary[] summaries =
        [
            .. networks.Select((network, i) => new NetworkSummary(
                network.Plan.Seed, histories[i][^1].ValidationAccuracy,
                network.Plan.TestData is null ? null : MetricsFile.Read(network.Folder.Metrics).MicroAccuracy, histories[i].Sum(epoch => epoch.Seconds))),
        ];
        return new RunSummary(
            folder.Path, folder.Model, networks[0].Plan.Trainer, recipe.Name, recipe.Training.Seed, ModelText.Parameters(model), histories.Max(history => history.Count), "completed",
            seconds, networks.Select((network, i) => (double)network.Plan.Split.TrainingRows * histories[i].Count).Sum() / Math.Max(seconds, 1e-9),
            networks[^1].Plan.Device.Threads, TrainingAccuracy: null, summaries.Average(network => network.ValidationAccuracy), ValidationLoss: null, model.TestTimeShift,
            [.. summaries], evaluation is null ? null : inputs.EvaluatedRows, evaluation?.Metrics.MicroAccuracy, evaluation?.Metrics.MacroAccuracy, evaluation?.Metrics.LogLoss);
    }
}
