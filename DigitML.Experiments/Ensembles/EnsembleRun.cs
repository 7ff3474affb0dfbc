using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Devices;
using DigitML.Model;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;

namespace DigitML.Experiments.Ensembles;

/// <summary>
/// Trains the networks of a recipe that has several, each in a run folder of its own inside the ensemble's, and joins them into one model. What a folder holds
/// already is not done again.
/// </summary>
internal sealed class EnsembleRun(RunEnvironment environment)
{
    /// <summary>Trains, joins, tests, and writes model.onnx, metrics.json, predictions.csv and report.html.</summary>
    /// <exception cref="DigitMLException">The input is bad, or a folder holds a run of another plan.</exception>
    /// <exception cref="RunStoppedException">The user stopped it.</exception>
    internal EnsembleOutcome Run(TrainingRequest request)
    {
        Recipe recipe = request.ResolveRecipe();
        RunFolder folder = RunFolder.At(FolderOf(request));
        if (folder.IsBegun) throw new DigitMLException($"{folder.Path} holds a run of one network; choose another --name or --out.");
        TrainingRequest[] requests = [.. Enumerable.Range(0, recipe.Networks).Select(network => RequestOf(request, network, folder.Path))];
        RunPlan[] plans = new RunSeries(environment).Run(requests, i => $"Network {i + 1} of {requests.Length}, seed {requests[i].ResolveRecipe().Training.Seed}");

        DigitModel model = JoinedModels.Join([.. requests.Select(one => one.Out!)], recipe.TestTimeShift);
        RunInputs inputs = RunInputs.Load(plans[0]);
        EvaluationResult? evaluation = inputs.Test is null ? null : Evaluate(model, inputs.Test, request.Device);
        if (evaluation is not null)
        {
            MetricsFile metrics = MetricsFile.Of(evaluation);
            metrics.Write(folder.Metrics);
            PredictionsFile.Write(evaluation, folder.Predictions);
            model = new DigitModel(model.Members, model.Labels, model.TestTimeShift, model.Metadata with { MetricsJson = metrics.ToJson() });
        }

        model.Save(folder.Model);
        (RunFolder Folder, RunPlan Plan)[] networks = [.. requests.Zip(plans, (one, plan) => (RunFolder.At(one.Out!), plan))];
        Report report = RunReport.Of(folder, recipe, model, networks, inputs with { Validation = null }, evaluation);
        ReportPage.Write(report, folder.Report);
        return new EnsembleOutcome(folder, recipe, model, [.. networks.Select(network => EnsembleMember.Of(network.Folder, network.Plan))], evaluation, report);
    }

    /// <summary>The ensemble's own folder.</summary>
    internal static string FolderOf(TrainingRequest request) => RunFolder.PathOf(request.Out, request.Name, request.ResolveRecipe().Name, DateTime.UtcNow);

    private static TrainingRequest RequestOf(TrainingRequest request, int network, string folder) => request with
    {
        Overrides = request.Overrides.Then(new RecipeOverrides(Member: network)),
        Name = null,
        Out = Path.Combine(folder, $"network-{network + 1}"),
    };

    private EvaluationResult Evaluate(DigitModel model, DigitFile test, DeviceRequest device)
    {
        using IDevice opened = environment.OpenDevice(device);
        return ModelScores.Evaluate(model, test, opened, environment.Cancellation);
    }
}
