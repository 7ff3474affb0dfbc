using System.Diagnostics;
using System.Globalization;
using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Files;
using DigitML.Engine.Learning;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Pipelines;
using DigitML.Experiments.Progress;
using DigitML.Experiments.Reports;
using DigitML.Experiments.RunFiles;
using DigitML.MLNet;
using DigitML.Model;

namespace DigitML.Experiments.Runs;

/// <summary>
/// A run of one of ML.NET's trainers: it uses the same rows for training, validation and test as a run of DigitCnn, and its folder has the same files, with model.zip
/// instead of model.onnx. history.csv holds the trainer's epochs, or the whole training as one epoch.
/// </summary>
internal sealed class PipelineRun(RunEnvironment environment)
{
    /// <summary>Trains, tests, and writes the folder.</summary>
    /// <param name="request">Trainer, rows, folder and seed; for a trainer with epochs also epochs, batch size and learning rate.</param>
    /// <param name="architecture">The network below the layer that the trainer "imageclassification" trains; null for the trainer's default.</param>
    /// <exception cref="DigitMLException">The input is not valid, the folder already holds a run, or the trainer fails.</exception>
    /// <exception cref="OperationCanceledException">The user stopped the run; none of its files are kept.</exception>
    internal RunOutcome Start(TrainingRequest request, string? architecture = null)
    {
        string trainer = request.Trainer, description = PipelineTrainers.Describe(trainer);
        if (request is not { Recipe: null, CustomRecipe: null, BaseModel: null })
        {
            throw new DigitMLException($"Trainer \"{trainer}\" has no recipe and cannot retrain a model; omit both, or use the trainer \"{DigitTrainers.DigitCnnName}\".");
        }

        var settings = new EpochSettings(architecture, request.Overrides.Epochs, request.Overrides.BatchSize, request.Overrides.LearningRate);
        return Start(trainer, description, request, (inputs, seed, epochEnded) =>
            PipelineTrainers.Train(trainer, inputs.Training, inputs.Validation, seed, settings, environment.Log.WriteLine, epochEnded, environment.Cancellation));
    }

    /// <summary>The same with the caller's own trainer.</summary>
    internal RunOutcome Start(string trainer, string description, TrainingRequest request, Func<RunInputs, ulong, Action<EpochReport>, IDigitScorer> train)
    {
        (string data, string? test) = DefaultData.Or(request.Data, request.TestData);
        ulong seed = request.Overrides.Seed ?? 1;
        RunInputs inputs = RunInputs.Load(data, test, baseModelPath: null, request.Layout, seed, request.ValidationFraction);
        environment.Cancellation.ThrowIfCancellationRequested();
        DateTime now = DateTime.UtcNow;
        RunFolder folder = RunFolder.Create(request.Out, request.Name, trainer, now);
        var plan = new RunPlan(
            request.Name ?? folder.Name, now, trainer, seed, InputFileInfo.Of(data, inputs.Rows), inputs.Training.Height, inputs.Training.Width,
            inputs.Labels.Labels, new SplitInfo(inputs.Training.Count, inputs.Validation?.Count ?? 0), NumericMode.Balanced, [],
            new DeviceInfo("ml.net", description, Environment.ProcessorCount, Machine.Current.VectorBits), Machine.Current)
        {
            TestData = test is null ? null : InputFileInfo.Of(test, inputs.Test!.Dataset.Count),
            Command = request.Command,
            Layout = request.Layout == FileLayout.Found ? null : request.Layout,
        };
        environment.Log.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Training {trainer} ({description}) on {inputs.Training.Count:N0} of {inputs.Rows:N0} images; run folder: {folder.Path}"));
        RunAnnouncement.WriteReading(environment.Log, inputs);
        try
        {
            return folder.WriteOrDelete(() =>
            {
                plan.Write(folder.Plan);
                return Run(folder, plan, inputs, train);
            });
        }
        catch (OperationCanceledException)
        {
            folder.Delete();
            throw;
        }
    }

    private RunOutcome Run(RunFolder folder, RunPlan plan, RunInputs inputs, Func<RunInputs, ulong, Action<EpochReport>, IDigitScorer> train)
    {
        var epochs = new List<EpochReport>();
        var watch = Stopwatch.StartNew();
        using IDigitScorer model = train(inputs, plan.Seed, EpochEnded);
        double seconds = watch.Elapsed.TotalSeconds;
        (model as PipelineScorer)?.Save(folder.PipelineModel);
        EvaluationResult? validation = inputs.Validation is null ? null : Evaluate(new DigitFile(inputs.Validation, "", DroppedRows: 0));
        EvaluationResult? evaluation = inputs.Test is null ? validation : Evaluate(inputs.Test);
        if (epochs.Count == 0) epochs.Add(AsOneEpoch());
        AtomicFile.WriteText(folder.History, CsvHistory.Format([.. epochs]));
        if (evaluation is not null) folder.WriteResults(evaluation);
        Report report = RunReport.Of(folder, recipe: null, model: null, [(folder, plan)], inputs, evaluation);
        ReportPage.Write(report, folder.Report);
        EpochReport last = epochs[^1];
        var summary = new RunSummary(
            folder.Path, folder.PipelineModel, plan.Trainer, Recipe: null, plan.Seed, Parameters: null, last.Epoch, "completed", seconds,
            (double)inputs.Training.Count * last.Epoch / Math.Max(seconds, 1e-9), plan.Device.Threads, last.TrainingAccuracy, last.ValidationAccuracy, last.ValidationLoss,
            TestTimeShift: null, Networks: null, evaluation is null ? null : inputs.EvaluatedRows, evaluation?.Metrics.MicroAccuracy, evaluation?.Metrics.MacroAccuracy,
            evaluation?.Metrics.LogLoss);
        return new RunOutcome(folder, summary, WeightsEpoch: 0, evaluation, report, NextCommands.Of(folder, plan));

        EvaluationResult Evaluate(DigitFile rows) => model.Evaluate(rows, environment.Cancellation);

        EpochReport AsOneEpoch()
        {
            EvaluationResult training = Evaluate(new DigitFile(inputs.Training, "", DroppedRows: 0));
            return new EpochReport(
                1, training.Metrics.LogLoss, training.Metrics.MicroAccuracy, validation?.Metrics.LogLoss, validation?.Metrics.MicroAccuracy, LearningRate: 0, seconds, seconds, 1,
                inputs.Training.Count);
        }

        void EpochEnded(EpochReport epoch)
        {
            epochs.Add(epoch);
            Show(epoch);
            environment.Cancellation.ThrowIfCancellationRequested();
        }
    }

    private void Show(EpochReport epoch)
    {
        (string, double)[] training = [("accuracy", epoch.TrainingAccuracy), ("loss", epoch.TrainingLoss)];
        (string, double)[] validation = epoch is { ValidationAccuracy: { } accuracy, ValidationLoss: { } loss } ? [("val_accuracy", accuracy), ("val_loss", loss)] : [];
        environment.Log.WriteLine($"Epoch {epoch.Epoch}");
        environment.Log.WriteLine(KerasLine.Log(epoch.Steps, epoch.Seconds, [.. training, .. validation, ("learning_rate", epoch.LearningRate)]));
    }
}
