using DigitML.Data.Recipes;
using DigitML.Engine.Devices;
using DigitML.Engine.Learning;
using DigitML.Model;
using Microsoft.ML;

namespace DigitML.MLNet;

/// <summary>Options of <see cref="DigitCnnTrainer"/>. All are optional.</summary>
public sealed record DigitCnnOptions
{
    /// <summary>
    /// Network and training: <c>RecipeCatalog.Get("best")</c>, or one of your own. If null: the recipe "compact", or, with a <see cref="BaseModel"/>, that model's
    /// layers, trained for 5 epochs at a tenth of its learning rate.
    /// </summary>
    public Recipe? Recipe { get; init; }

    /// <summary>The column of labels, of key type: put MapDigitLabels before the trainer. Rows whose label is missing are skipped.</summary>
    public string LabelColumnName { get; init; } = DigitData.LabelColumn;

    /// <summary>The column of pixels: a vector of height x width Byte or Single. Single values are whole numbers from 0 to 255, or such numbers divided by 255.</summary>
    public string FeatureColumnName { get; init; } = DigitData.PixelsColumn;

    /// <summary>
    /// The column of targets for the loss: a vector of one Single per class, one-hot (MapKeyToVector) or soft, summing to 1. If null, the labels are one-hot encoded
    /// internally. Accuracy is always computed from the labels.
    /// </summary>
    public string? TargetColumnName { get; init; }

    /// <summary>Rows of an image; null for the size that LoadDigits or ExtractPixels recorded with the column, or else a square.</summary>
    public int? ImageHeight { get; init; }

    /// <summary>Columns of an image; null as for <see cref="ImageHeight"/>.</summary>
    public int? ImageWidth { get; init; }

    /// <summary>Number of epochs; null for the recipe's.</summary>
    public int? Epochs { get; init; }

    /// <summary>Rows per minibatch; null for the recipe's.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The highest learning rate; null for the recipe's.</summary>
    public float? LearningRate { get; init; }

    /// <summary>Random seed for initial weights, order, augmentation and held-out rows; null for the recipe's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Fraction of the rows that is held out and evaluated after every epoch, from 0 up to, but not including, 1; stratified by class, and the same rows for the same seed.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>
    /// Rows to evaluate after every epoch, instead of a <see cref="ValidationFraction"/>, with the same columns and keys as the training rows: transformed by the same steps. Null for none.
    /// </summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// A model to retrain: training starts from its weights and keeps its normalisation. Its labels must be the first keys of the label column (MapDigitLabels(model), or with
    /// addNewLabels for rows of new classes). Null to start from random weights.
    /// </summary>
    public DigitModel? BaseModel { get; init; }

    /// <summary>The checkpoint from which to resume the interrupted training of one network; recipe, rows and seed must be the same. Null to start from scratch.</summary>
    public Checkpoint? ResumeFrom { get; init; }

    /// <summary>Observers that receive the events of the training, in the order given.</summary>
    public IReadOnlyList<ITrainingObserver> Observers { get; init; } = [];

    /// <summary>Creates the device that trains and predicts; null for the CPU with all its cores.</summary>
    public Func<IDevice>? OpenDevice { get; init; }

    /// <summary>Stops the training after the current step; <c>Fit</c> then throws a <see cref="TrainingCancelledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
