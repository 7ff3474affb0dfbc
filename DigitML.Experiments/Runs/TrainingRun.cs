using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Devices;
using DigitML.Engine.Learning;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Progress;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;
using DigitML.Model;
using DigitML.Model.Contents;

namespace DigitML.Experiments.Runs;

/// <summary>One training run from its files to its folder: plan.json, history.csv, checkpoint, metrics.json, predictions.csv, model.onnx, report.html.</summary>
internal sealed class TrainingRun(RunEnvironment environment)
{
    /// <summary>Starts a run.</summary>
    /// <exception cref="DigitMLException">The input is bad or the folder cannot be written.</exception>
    internal TrainingOutcome Start(TrainingRequest request)
    {
        (string data, string? test) = DefaultData.Or(request.Data, request.TestData);
        Recipe recipe = request.ResolveRecipe();
        using IDevice device = environment.OpenDevice(request.Device);
        RunInputs inputs = RunInputs.Load(data, test, recipe, request.BaseModel, request.ValidationFraction);
        environment.Cancellation.ThrowIfCancellationRequested();

        DateTime now = DateTime.UtcNow;
        RunFolder folder = RunFolder.Create(request.Out, request.Name, recipe.Name, now);
        string name = request.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path)));
        var plan = new RunPlan(
            name, now, recipe, FileFacts.Of(data, inputs.Rows), inputs.Training.Height, inputs.Training.Width, inputs.Labels.Labels,
            new SplitFacts(inputs.Training.Count, inputs.Validation?.Count ?? 0), request.Device.Mode, RunPlan.AlgorithmsOf(device, inputs.Network),
            DeviceFacts.Of(device, request.Device), Machine.Current)
        {
            TestData = test is null ? null : FileFacts.Of(test, inputs.Test!.Dataset.Count),
            BaseModel = request.BaseModel is null ? null : FileFacts.Of(request.BaseModel),
        };
        plan.Write(folder.Plan);
        try
        {
            return Run(folder, plan, inputs, device, resumeFrom: null);
        }
        catch (DigitMLException)
        {
            folder.DeleteUnlessBegun();
            throw;
        }
    }

    /// <summary>Goes on with a run that was stopped.</summary>
    /// <exception cref="DigitMLException">The folder holds no such run, its files have changed, or this machine lacks the vectors it began with.</exception>
    internal TrainingOutcome Resume(string path, DeviceRequest request)
    {
        RunFolder folder = RunFolder.OpenUnfinished(path);
        RunPlan plan = RunPlan.Read(folder.Plan);

        // Another vector width or numeric mode would round differently.
        if (plan.Device.VectorBits > Machine.Current.VectorBits)
        {
            throw new DigitMLException(
                $"{folder.Plan}: the run began with {plan.Device.VectorBits}-bit vectors but this machine has {Machine.Current.VectorBits}-bit ones, which would end in " +
                "another model; resume on a machine with the wider ones, or train anew.");
        }

        using IDevice device = environment.OpenDevice(request with { VectorBits = plan.Device.VectorBits, Mode = plan.NumericMode });
        RunInputs inputs = RunInputs.Load(plan);
        plan.CheckAlgorithms(folder.Plan, device, inputs.Network);
        Checkpoint? checkpoint = File.Exists(folder.Checkpoint) ? Checkpoint.Read(folder.Checkpoint, inputs.Network, plan.Recipe.Training) : null;
        return Run(folder, plan, inputs, device, checkpoint);
    }

    private TrainingOutcome Run(RunFolder folder, RunPlan plan, RunInputs inputs, IDevice device, Checkpoint? resumeFrom)
    {
        LeftOvers.Free();
        RunAnnouncement.Write(environment.Log, folder, plan, inputs, device);
        TrainingResult result = new Trainer(device).Fit(
            inputs.Network, inputs.Training, plan.Recipe.Training, new FitOptions
            {
                Validation = inputs.Validation,
                Normalization = inputs.Normalization,
                Observers = [new CheckpointObserver(folder.Checkpoint), new CsvHistory(folder.History), new KerasProgress(environment.Log, environment.IsInteractive)],
                InitialWeights = inputs.InitialWeights,
                ResumeFrom = resumeFrom,
                Cancellation = environment.Cancellation,
            });
        if (result.StopReason == StopReason.Cancelled)
        {
            throw new RunStoppedException(result.History.Count, plan.Recipe.Training.Epochs, CommandLineText.Of("train", "--resume", folder.Path));
        }

        var metadata = new ModelMetadata { RecipeJson = StrictJson.Write(plan.Recipe), Seed = plan.Recipe.Training.Seed };
        DigitModel model = ModelOf(metadata);
        EvaluationResult? evaluation = Evaluate(model, inputs, device);
        if (evaluation is not null)
        {
            MetricsFile metrics = MetricsFile.Of(evaluation);
            metrics.Write(folder.Metrics);
            PredictionsFile.Write(evaluation, folder.Predictions);
            model = ModelOf(metadata with { MetricsJson = metrics.ToJson() });
        }

        model.Save(folder.Model);
        Report report = RunReport.Of(folder, plan.Recipe, model, [(folder, plan)], inputs, evaluation);
        ReportPage.Write(report, folder.Report);
        File.Delete(folder.Checkpoint);
        return new TrainingOutcome(folder, plan, inputs, result, evaluation, report);

        DigitModel ModelOf(ModelMetadata metadata) =>
            new DigitModel(result.Weights, inputs.Labels, inputs.Normalization, metadata).WithTestTimeShift(plan.Recipe.TestTimeShift);
    }

    private EvaluationResult? Evaluate(DigitModel model, RunInputs inputs, IDevice device)
    {
        DigitFile? rows = inputs.Test ?? (inputs.Validation is null ? null : new DigitFile(inputs.Validation, "", DroppedRows: 0));
        return rows is null ? null : ModelScores.Evaluate(model, rows, device, environment.Cancellation);
    }
}
