using DigitML.Data.Recipes;
using DigitML.Engine.Devices;
using DigitML.Engine.Learning;
using DigitML.Model;
using Microsoft.ML;

namespace DigitML.MLNet;

/// <summary>How <see cref="DigitCnnTrainer"/> trains. Everything may be left out.</summary>
public sealed record DigitCnnOptions
{
    /// <summary>
    /// Network and training: <c>RecipeCatalog.Get("best")</c>, or one of your own. Where it is null: the recipe "compact", or, with a <see cref="BaseModel"/>, that model's
    /// layers, trained for 5 epochs with a tenth of its learning rate.
    /// </summary>
    public Recipe? Recipe { get; init; }

    /// <summary>The column of labels, of a key type: put MapDigitLabels before the trainer. Rows whose label is missing are left out.</summary>
    public string LabelColumnName { get; init; } = DigitData.LabelColumn;

    /// <summary>The column of pixels: a vector of height x width Byte, or Single that are whole numbers of 0 to 255 or those divided by 255.</summary>
    public string FeatureColumnName { get; init; } = DigitData.PixelsColumn;

    /// <summary>
    /// The column that the loss compares the scores with: a vector of one Single per class, one-hot (MapKeyToVector) or soft, with the sum 1. Where it is null, the one-hot of
    /// the label is made inside. Accuracy always counts the labels.
    /// </summary>
    public string? TargetColumnName { get; init; }

    /// <summary>Rows of an image; null to take the size that LoadDigits or ExtractPixels noted with the column, or else a square.</summary>
    public int? ImageHeight { get; init; }

    /// <summary>Columns of an image; null as for <see cref="ImageHeight"/>.</summary>
    public int? ImageWidth { get; init; }

    /// <summary>Epochs; the recipe's where it is null.</summary>
    public int? Epochs { get; init; }

    /// <summary>Rows of a minibatch; the recipe's where it is null.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The highest learning rate; the recipe's where it is null.</summary>
    public float? LearningRate { get; init; }

    /// <summary>Decides first weights, order, augmentation and held-out rows; the recipe's where it is null.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Share of the rows that are held out and measured after every epoch, from 0 up to, but not including, 1; every class in proportion, the same rows for the same seed.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>
    /// Rows to measure after every epoch, in place of a <see cref="ValidationFraction"/>, with the columns and the keys of the training rows: transformed by the same steps. Null for none.
    /// </summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// A model to retrain: training begins with its weights and keeps its normalisation. Its labels are the first keys of the label column (MapDigitLabels(model), or with
    /// addNewLabels for rows of further classes). Null for weights drawn at random.
    /// </summary>
    public DigitModel? BaseModel { get; init; }

    /// <summary>The checkpoint of an interrupted training of one network to resume; recipe, rows and seed must be those of its training. Null to start from scratch.</summary>
    public Checkpoint? ResumeFrom { get; init; }

    /// <summary>Who receives the events of the training, in the order given.</summary>
    public IReadOnlyList<ITrainingObserver> Observers { get; init; } = [];

    /// <summary>Makes the device that trains and predicts; the CPU with all its processors where it is null.</summary>
    public Func<IDevice>? OpenDevice { get; init; }

    /// <summary>Ends the training after the step under way; the fit then fails with a <see cref="TrainingCancelledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
