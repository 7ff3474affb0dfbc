using System.Collections.Immutable;
using DigitML.Data.Layouts;
using DigitML.Data.Predictions;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;
using DigitML.Engine.Files;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Pipelines;
using DigitML.Experiments.Progress;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Summaries;
using DigitML.MLNet;
using DigitML.Model;

namespace DigitML.Experiments.Runs;

/// <summary>One run of DigitCnn from its files to its folder: plan.json, recipe.json, history.csv, checkpoint, metrics.json, predictions.csv, model.onnx, report.html.</summary>
internal sealed class TrainingRun(RunEnvironment environment)
{
    // In a series, the layers of a network are shown once.
    private string? announcedLayers;

    /// <summary>Starts a run.</summary>
    /// <exception cref="DigitMLException">The input is not valid or the folder cannot be written.</exception>
    /// <exception cref="RunStoppedException">The user stopped the run.</exception>
    internal RunOutcome Start(TrainingRequest request)
    {
        (string data, string? test) = DefaultData.Or(request.Data, request.TestData);
        Recipe recipe = request.ResolveRecipe();
        RunInputs inputs = RunInputs.Load(data, test, request.BaseModel, request.Layout, request.SplitSeed ?? recipe.Training.Seed, request.ValidationFraction);
        Network network = inputs.NetworkOf(recipe);
        environment.Cancellation.ThrowIfCancellationRequested();
        DeviceInfo device;
        ImmutableArray<ConvolutionAlgorithm> algorithms;
        using (IDevice opened = environment.OpenDevice(request.Device))
        {
            device = DeviceInfo.Of(opened, request.Device);
            algorithms = RunPlan.AlgorithmsOf(opened, network);
        }

        DateTime now = DateTime.UtcNow;
        RunFolder folder = RunFolder.Create(request.Out, request.Name, recipe.Name, now);
        var plan = new RunPlan(
            request.Name ?? folder.Name, now, DigitTrainers.DigitCnnName, recipe.Training.Seed, InputFileInfo.Of(data, inputs.Rows), inputs.Training.Height, inputs.Training.Width,
            inputs.Labels.Labels, new SplitInfo(inputs.Training.Count, inputs.Validation?.Count ?? 0, request.SplitSeed), request.Device.Mode, algorithms, device, Machine.Current)
        {
            Recipe = recipe,
            TestData = test is null ? null : InputFileInfo.Of(test, inputs.Test!.Dataset.Count),
            BaseModel = request.BaseModel is null ? null : InputFileInfo.Of(request.BaseModel),
            Command = request.Command,
            Layout = request.Layout == FileLayout.Found ? null : request.Layout,
        };
        return folder.WriteOrDelete(() =>
        {
            plan.Write(folder.Plan);
            AtomicFile.WriteText(folder.Recipe, recipe.ToJson());
            return Run(folder, plan, inputs, network, request.Device, resumeFrom: null);
        });
    }

    /// <summary>Resumes an interrupted run.</summary>
    /// <exception cref="DigitMLException">The folder holds no such run, its input files have changed, or this machine lacks the vector width with which the run began.</exception>
    /// <exception cref="RunStoppedException">The user stopped the run.</exception>
    internal RunOutcome Resume(string path, DeviceRequest request)
    {
        RunFolder folder = RunFolder.OpenUnfinished(path);
        RunPlan plan = RunPlan.Read(folder.Plan);
        if (plan.Recipe is null) throw new DigitMLException($"{path} holds a run of {plan.Trainer}, which cannot be resumed; delete the folder and start a new run.");

        // Another vector width or numeric mode would round differently.
        if (plan.Device.VectorBits > Machine.Current.VectorBits)
        {
            throw new DigitMLException(
                $"{folder.Plan}: the run began with {plan.Device.VectorBits}-bit vectors but this machine has {Machine.Current.VectorBits}-bit ones, which would give " +
                "a different model; resume on a machine with the wider vectors, or start a new run.");
        }

        request = request with { VectorBits = plan.Device.VectorBits, Mode = plan.NumericMode };
        RunInputs inputs = RunInputs.Load(plan);
        Network network = inputs.NetworkOf(plan.Recipe);
        using (IDevice opened = environment.OpenDevice(request)) plan.CheckAlgorithms(folder.Plan, opened, network);
        Checkpoint? checkpoint = File.Exists(folder.Checkpoint) ? Checkpoint.Read(folder.Checkpoint, network, plan.Recipe.Training) : null;
        return Run(folder, plan, inputs, network, request, checkpoint);
    }

    private RunOutcome Run(RunFolder folder, RunPlan plan, RunInputs inputs, Network network, DeviceRequest device, Checkpoint? resumeFrom)
    {
        Recipe recipe = plan.Recipe!;
        string layers = LayerTable.Format(network);
        RunAnnouncement.Write(environment.Log, folder, plan, inputs, layers == announcedLayers ? null : layers);
        announcedLayers = layers;
        if (environment.IsVerbose) RunAnnouncement.WriteDetails(environment.Log, plan);
        var options = new DigitCnnOptions
        {
            Recipe = recipe,
            BaseModel = inputs.BaseModel,
            ResumeFrom = resumeFrom,
            Observers = [new CheckpointObserver(folder.Checkpoint), new CsvHistory(folder.History), new KerasProgress(environment.Log, environment.IsInteractive, environment.Width)],
            OpenDevice = () => environment.OpenDevice(device),
            Cancellation = environment.Cancellation,
        };
        int epochsDone = resumeFrom?.Epoch ?? 0;
        try
        {
            using FittedPipeline pipeline = new DigitPipeline(inputs.Labels, plan.Seed).FitDigitCnn(inputs.Training, inputs.Validation, options);
            DigitCnnTransformer trained = pipeline.Network!;
            TrainingResult result = trained.TrainingResults[0];
            epochsDone = result.History.Count;
            double? accuracy = result.History[result.WeightsEpoch - 1].ValidationAccuracy;
            if (TrainingWarning.Of(result.History[^1].TrainingLoss, accuracy, inputs) is string warning) environment.Log.WriteLine(warning);
            EvaluationResult? evaluation = inputs.Evaluated is { } rows ? pipeline.Evaluate(rows, environment.Cancellation) : null;
            DigitModel model = folder.WriteResults(trained.Model.WithTrainingRange(inputs.PixelRange), evaluation);
            Report report = RunReport.Of(folder, recipe, model, [(folder, plan)], inputs, evaluation);
            ReportPage.Write(report, folder.Report);
            File.Delete(folder.Checkpoint);
            return new RunOutcome(
                folder, Summarize(folder, plan, network, result, inputs, evaluation), result.WeightsEpoch, evaluation, report, NextCommands.Of(folder, plan));
        }
        catch (TrainingCancelledException stopped)
        {
            throw Stopped(stopped.EpochsDone);
        }
        catch (OperationCanceledException) when (File.Exists(folder.Checkpoint))
        {
            // Stopped while the trained model was tested.
            throw Stopped(epochsDone);
        }

        RunStoppedException Stopped(int epochs) => new(epochs, recipe.Training.Epochs, CommandLineText.Of("train", "--resume", folder.Path));
    }

    private static RunSummary Summarize(RunFolder folder, RunPlan plan, Network network, TrainingResult result, RunInputs inputs, EvaluationResult? evaluation)
    {
        EpochReport kept = result.History[result.WeightsEpoch - 1];
        return new RunSummary(
            folder.Path, folder.Model, plan.Trainer, plan.Recipe!.Name, plan.Seed, network.TrainableParameterCount, result.History.Count,
            result.StopReason == StopReason.EarlyStopped ? "earlyStopped" : "completed", result.History.Sum(epoch => epoch.Seconds),
            result.History.Sum(epoch => (double)epoch.Samples) / Math.Max(result.History.Sum(epoch => epoch.TrainingSeconds), 1e-9), plan.Device.Threads,
            result.History[^1].TrainingAccuracy, kept.ValidationAccuracy, kept.ValidationLoss, plan.Recipe.TestTimeShift, Networks: null,
            evaluation is null ? null : inputs.EvaluatedRows, evaluation?.Metrics.MicroAccuracy, evaluation?.Metrics.MacroAccuracy, evaluation?.Metrics.LogLoss);
    }
}
