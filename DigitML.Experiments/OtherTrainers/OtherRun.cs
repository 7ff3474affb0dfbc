using System.Diagnostics;
using System.Globalization;
using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using DigitML.Engine.Learning;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Progress;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;

namespace DigitML.Experiments.OtherTrainers;

/// <summary>
/// A run of another trainer: the same rows are learned from, held out and tested on as in a run of DigitML's, and the folder has metrics.json, predictions.csv and
/// history.csv (its epochs, or the whole training as one), so that <c>compare</c> sets them side by side.
/// </summary>
internal sealed class OtherRun(RunEnvironment environment)
{
    /// <summary>Trains, tests, and writes the folder.</summary>
    /// <exception cref="DigitMLException">The input is bad, the folder is taken, or the trainer fails.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it; nothing is left of it.</exception>
    internal OtherOutcome Run(OtherTrainer trainer, TrainingRequest request, string? architecture)
    {
        (string data, string? test) = DefaultData.Or(request.Data, request.TestData);
        Recipe recipe = request.ResolveRecipe();
        RunInputs inputs = RunInputs.Load(data, test, recipe, baseModelPath: null, request.ValidationFraction);
        RunFolder folder = RunFolder.Create(request.Out, request.Name, trainer.Name, DateTime.UtcNow);
        if (File.Exists(folder.Metrics)) throw new DigitMLException($"{folder.Path} holds metrics already; choose another --name or --out.");
        environment.Log.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Training {trainer.Name} ({trainer.Description}) on {inputs.Training.Count:N0} of {inputs.Rows:N0} images; run folder: {folder.Path}"));

        var epochs = new List<EpochReport>();
        var settings = new OtherSettings(architecture, request.Overrides.Epochs, request.Overrides.BatchSize, request.Overrides.LearningRate);
        int seed = (int)(recipe.Training.Seed % int.MaxValue);
        var watch = Stopwatch.StartNew();
        OtherModel model = Train();
        double seconds = watch.Elapsed.TotalSeconds;
        string file = model.Save(folder.Path);
        EvaluationResult? validation = inputs.Validation is null ? null : Evaluate(model, new DigitFile(inputs.Validation, "", DroppedRows: 0));
        EvaluationResult? evaluation = inputs.Test is null ? validation : Evaluate(model, inputs.Test);
        if (epochs.Count == 0) epochs.Add(AsOneEpoch());
        AtomicFile.WriteText(folder.History, CsvHistory.Format([.. epochs]));
        if (evaluation is not null)
        {
            MetricsFile.Of(evaluation).Write(folder.Metrics);
            PredictionsFile.Write(evaluation, folder.Predictions);
        }

        return new OtherOutcome(trainer, folder, file, seconds, epochs[^1], evaluation, inputs.Test is null ? "validation rows" : "test rows");

        EpochReport AsOneEpoch()
        {
            EvaluationResult training = Evaluate(model, new DigitFile(inputs.Training, "", DroppedRows: 0));
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

        OtherModel Train()
        {
            try
            {
                return trainer.Train(new OtherTrainingInputs(inputs.Training, inputs.Validation, seed, settings, environment.Log.WriteLine, EpochEnded));
            }
            catch (Exception e) when (e is DigitMLException or OperationCanceledException)
            {
                folder.DeleteUnlessBegun();
                throw;
            }
        }
    }

    private void Show(EpochReport epoch)
    {
        (string, double)[] training = [("accuracy", epoch.TrainingAccuracy), ("loss", epoch.TrainingLoss)];
        (string, double)[] validation = epoch is { ValidationAccuracy: { } accuracy, ValidationLoss: { } loss } ? [("val_accuracy", accuracy), ("val_loss", loss)] : [];
        environment.Log.WriteLine($"Epoch {epoch.Epoch}");
        environment.Log.WriteLine(KerasLine.Log(epoch.Steps, epoch.Seconds, [.. training, .. validation, ("learning_rate", epoch.LearningRate)]));
    }

    private static EvaluationResult Evaluate(OtherModel model, DigitFile rows)
    {
        var watch = Stopwatch.StartNew();
        float[] scores = model.Scores(rows.Dataset);
        return EvaluationResult.Of(rows, scores, watch.Elapsed.TotalSeconds);
    }
}

/// <summary>What a run of another trainer came to.</summary>
/// <param name="Trainer">The trainer.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Model">The model file.</param>
/// <param name="Seconds">Wall-clock time of the training.</param>
/// <param name="LastEpoch">Its last epoch, or the whole training of a trainer without epochs.</param>
/// <param name="Evaluation">Metrics; null where there were neither test nor validation rows.</param>
/// <param name="EvaluatedRows">What they are of.</param>
internal sealed record OtherOutcome(OtherTrainer Trainer, RunFolder Folder, string Model, double Seconds, EpochReport LastEpoch, EvaluationResult? Evaluation, string EvaluatedRows);
