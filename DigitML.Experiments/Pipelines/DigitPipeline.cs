using DigitML.Engine.Datasets;
using DigitML.MLNet;
using Microsoft.ML;

namespace DigitML.Experiments.Pipelines;

/// <summary>
/// The ML.NET pipeline of every run, whatever its trainer: labels to keys, for DigitCnn also keys to one-hot targets, then the trainer. Train, retrain, sweep, build and
/// ensembles use it; an app that builds the same steps gets the same model, byte for byte.
/// </summary>
/// <param name="labels">The classes in key order.</param>
/// <param name="seed">The seed of the ML.NET context, for trainers that take theirs from it.</param>
internal sealed class DigitPipeline(LabelMap labels, ulong seed)
{
    private const string TargetColumn = "Target";

    private readonly MLContext ml = new((int)(seed % int.MaxValue));

    /// <summary>Trains a convolutional network on one-hot targets.</summary>
    /// <param name="training">The rows to learn from, all labelled.</param>
    /// <param name="validation">The rows on which every epoch is evaluated; null for none.</param>
    /// <param name="options">Recipe, observers, device; columns and validation rows are set here.</param>
    /// <exception cref="Engine.DigitMLException">Recipe and rows do not fit together, or the loss is not finite.</exception>
    /// <exception cref="TrainingCancelledException">Training was cancelled before the last epoch.</exception>
    internal FittedPipeline FitDigitCnn(DigitDataset training, DigitDataset? validation, DigitCnnOptions options)
    {
        IDataView rows = ml.Data.LoadDigits(training);
        var keys = ml.Transforms.MapDigitLabels(labels);
        IDataView? measured = validation is null ? null : keys.Fit(rows).Transform(ml.Data.LoadDigits(validation));
        var pipeline = keys
            .Append(ml.Transforms.Conversion.MapKeyToVector(TargetColumn, DigitData.LabelColumn))
            .Append(ml.MulticlassClassification.Trainers.DigitCnn(options with { TargetColumnName = TargetColumn, ValidationSet = measured }));
        return new FittedPipeline(ml, pipeline.Fit(rows), rows.Schema);
    }

    /// <summary>Trains with one of ML.NET's trainers.</summary>
    /// <param name="training">The rows to learn from, all labelled.</param>
    /// <param name="trainer">The trainer.</param>
    /// <param name="cancellation">Ends the wait for the trainer.</param>
    /// <exception cref="Engine.DigitMLException">A library that the trainer needs is missing.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    internal FittedPipeline Fit(DigitDataset training, DigitTrainer trainer, CancellationToken cancellation)
    {
        IDataView rows = ml.Data.LoadDigits(training);
        var pipeline = ml.Transforms.MapDigitLabels(labels).Append(trainer.Create(ml, DigitData.LabelColumn, DigitData.PixelsColumn));

        // ML.NET's trainers cannot be cancelled: one that is no longer wanted is left to itself on its thread, until it is done or the program ends.
        return Task.Run(() => new FittedPipeline(ml, pipeline.Fit(rows), rows.Schema)).WaitAsync(cancellation).GetAwaiter().GetResult();
    }
}
