using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Vision;

namespace DigitML.MLNet.Vision;

/// <summary>ML.NET's image classification trainer on digits: TensorFlow runs each image once through a network pretrained on ImageNet, and one layer is trained on its output.</summary>
public static class ImageClassifier
{
    /// <summary>Its name in the console.</summary>
    public const string Name = "imageclassification";

    /// <summary>A one-line description, for lists.</summary>
    public const string Description = "ImageClassificationTrainer: one layer on top of a network pretrained on ImageNet, with TensorFlow";

    /// <summary>The trainer, in the form of those in <see cref="DigitTrainers.All"/>, with ML.NET's own settings. TensorFlow and the backbone must be present when it is fitted.</summary>
    public static DigitTrainer Trainer { get; } = new(Name, Description, (context, label, pixels) => context.Transforms.EncodeDigitImages(DigitImages.ImageColumn, pixels)
        .Append(context.MulticlassClassification.Trainers.ImageClassification(new ImageClassifierOptions().ToTrainerOptions(label, DigitImages.ImageColumn))));

    /// <summary>Trains on labelled rows.</summary>
    /// <param name="training">The rows; their label map determines the order of the scores.</param>
    /// <param name="validation">Held-out rows for ML.NET's early stopping; null for none.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seed">The seed of ML.NET's context. TensorFlow's weights are not seeded: no two runs are the same.</param>
    /// <param name="tell">Receives lines of progress before the first epoch.</param>
    /// <param name="epochEnded">Receives every epoch. An exception from it stops the training.</param>
    /// <returns>The trained pipeline.</returns>
    /// <exception cref="DigitMLException">TensorFlow or the backbone is missing, or the options do not fit the rows; the message is one line.</exception>
    public static PipelineScorer Train(
        DigitDataset training, DigitDataset? validation, ImageClassifierOptions options, int seed, Action<string> tell, Action<EpochReport> epochEnded)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tell);
        var context = new MLContext(seed);
        Backbone backbone = Backbone.Get(options.Architecture);
        ImageClassificationTrainer.Options trainerOptions = options.ToTrainerOptions(DigitData.LabelColumn, DigitImages.ImageColumn);
        if (training.Count < trainerOptions.BatchSize)
        {
            throw new DigitMLException($"There are {training.Count} training rows but {trainerOptions.BatchSize} per minibatch; ML.NET trains only on full minibatches.");
        }

        TensorFlowRuntime.Require();
        backbone.Provide(context, Backbone.FetchOverHttp, tell);
        tell($"TensorFlow sees {TensorFlowRuntime.Devices()}");

        IDataView rows = context.Data.LoadDigits(training);
        var pictures = context.Transforms.MapDigitLabels(training.LabelMap).Append(context.Transforms.EncodeDigitImages());
        if (validation is not null) trainerOptions.ValidationSet = pictures.Fit(rows).Transform(context.Data.LoadDigits(validation));
        trainerOptions.MetricsCallback = new ImageClassifierProgress(training.Count, validation?.Count ?? 0, tell, epochEnded).Report;
        var pipeline = pictures.Append(context.MulticlassClassification.Trainers.ImageClassification(trainerOptions));
        try
        {
            return new PipelineScorer(context, pipeline.Fit(rows), rows.Schema);
        }
        catch (FormatException e)
        {
            throw new DigitMLException($"TensorFlow cannot read the backbone {backbone.PathIn(context)}: {(e.InnerException ?? e).Message.Split('\n')[0].Trim()}", e);
        }
    }
}
