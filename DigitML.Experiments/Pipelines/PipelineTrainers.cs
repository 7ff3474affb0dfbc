using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.MLNet;
#if TENSORFLOW
using DigitML.MLNet.Vision;
#endif

namespace DigitML.Experiments.Pipelines;

/// <summary>ML.NET's own trainers, by their names in the console.</summary>
internal static class PipelineTrainers
{
    /// <summary>The only one with epochs: it has settings, and an architecture.</summary>
    internal const string ImageClassification = "imageclassification";

    /// <summary>The names of all, whether this build has them or not.</summary>
    internal static ImmutableArray<string> Names { get; } = [.. DigitTrainers.All.Select(trainer => trainer.Name).Where(name => name != DigitTrainers.DigitCnnName), ImageClassification];

    /// <summary>The architectures of <see cref="ImageClassification"/>, the default first.</summary>
    internal static ImmutableArray<string> Architectures { get; } = ["resnet_v2_50", "resnet_v2_101", "inception_v3", "mobilenet_v2"];

    /// <summary>A one-line description of a trainer.</summary>
    /// <exception cref="DigitMLException">This build does not include it.</exception>
    internal static string Describe(string name) => name == ImageClassification ? ImageClassificationDescription() : DigitTrainers.Get(name).Description;

    /// <summary>Trains.</summary>
    /// <param name="name">The trainer.</param>
    /// <param name="training">The rows to learn from; their label map determines the order of the scores.</param>
    /// <param name="validation">Held-out rows, on which a trainer with epochs is evaluated; null for none.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="settings">The user's settings for a trainer with epochs.</param>
    /// <param name="log">Receives lines for the user.</param>
    /// <param name="epochEnded">Receives each epoch of a trainer that has epochs. An exception from it stops the training.</param>
    /// <param name="cancellation">Stops the training of another trainer.</param>
    /// <exception cref="DigitMLException">The trainer fails, or something it needs is missing.</exception>
    internal static PipelineScorer Train(
        string name, DigitDataset training, DigitDataset? validation, ulong seed, EpochSettings settings, Action<string> log, Action<EpochReport> epochEnded,
        CancellationToken cancellation) =>
        name == ImageClassification
            ? TrainImageClassification(training, validation, seed, settings, log, epochEnded)
            : new DigitPipeline(training.LabelMap, seed).Fit(training, DigitTrainers.Get(name), cancellation).ToScorer();

#if TENSORFLOW
    private static string ImageClassificationDescription() => ImageClassifier.Description;

    private static PipelineScorer TrainImageClassification(
        DigitDataset training, DigitDataset? validation, ulong seed, EpochSettings settings, Action<string> log, Action<EpochReport> epochEnded)
    {
        var options = new ImageClassifierOptions
        {
            Architecture = settings.Architecture ?? Backbone.DefaultName,
            Epochs = settings.Epochs,
            BatchSize = settings.BatchSize,
            LearningRate = settings.LearningRate,
        };
        return ImageClassifier.Train(training, validation, options, (int)(seed % int.MaxValue), log, epochEnded);
    }
#else
    private static string ImageClassificationDescription() => throw WithoutTensorFlow();

    private static PipelineScorer TrainImageClassification(
        DigitDataset training, DigitDataset? validation, ulong seed, EpochSettings settings, Action<string> log, Action<EpochReport> epochEnded) =>
        throw WithoutTensorFlow();

    private static DigitMLException WithoutTensorFlow() => new(
        $"The trainer \"{ImageClassification}\" runs TensorFlow, which this build does not include; where its packages can be restored: "
        + $"dotnet run -c Release --project DigitML.Training -p:TensorFlow=true -- train --trainer {ImageClassification}");
#endif
}

/// <summary>Settings of a trainer that has epochs; null for its defaults.</summary>
/// <param name="Architecture">The network below the trained layer.</param>
/// <param name="Epochs">Maximum number of epochs.</param>
/// <param name="BatchSize">Rows per minibatch.</param>
/// <param name="LearningRate">Initial learning rate.</param>
internal sealed record EpochSettings(string? Architecture, int? Epochs, int? BatchSize, float? LearningRate);
