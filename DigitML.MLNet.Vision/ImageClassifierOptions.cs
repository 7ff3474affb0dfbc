using Microsoft.ML.Trainers;
using Microsoft.ML.Vision;

namespace DigitML.MLNet.Vision;

/// <summary>Settings of ML.NET's image classification trainer; null for ML.NET's default.</summary>
public sealed record ImageClassifierOptions
{
    /// <summary>The backbone's name.</summary>
    public string Architecture { get; init; } = Backbone.DefaultName;

    /// <summary>Maximum number of epochs; ML.NET stops earlier if the accuracy on the held-out rows no longer increases.</summary>
    public int? Epochs { get; init; }

    /// <summary>Rows per minibatch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Initial learning rate; it decreases by 6 % every two epochs.</summary>
    public float? LearningRate { get; init; }

    /// <summary>Converts to ML.NET's options. The rate is set in the schedule: with a schedule, ML.NET ignores its option LearningRate.</summary>
    internal ImageClassificationTrainer.Options ToTrainerOptions(string labelColumn, string imageColumn)
    {
        var options = new ImageClassificationTrainer.Options
        {
            LabelColumnName = labelColumn,
            FeatureColumnName = imageColumn,
            Arch = Backbone.Get(Architecture).Architecture,
            ValidationSetFraction = null,
        };
        if (Epochs is { } epochs) options.Epoch = epochs;
        if (BatchSize is { } batchSize) options.BatchSize = batchSize;
        if (LearningRate is { } rate)
        {
            options.LearningRate = rate;
            options.LearningRateScheduler = new ExponentialLRDecay(rate);
        }

        return options;
    }
}
