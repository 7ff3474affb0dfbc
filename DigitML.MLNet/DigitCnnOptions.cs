using DigitML.Data.Recipes;
using DigitML.Engine.Devices;
using DigitML.Engine.Learning;

namespace DigitML.MLNet;

/// <summary>How <see cref="DigitCnnTrainer"/> trains.</summary>
public sealed record DigitCnnOptions
{
    /// <summary>A recipe by name ("compact", "best", "fast", ...) or the path of a recipe file.</summary>
    public string Recipe { get; init; } = RecipeCatalog.DefaultName;

    /// <summary>The column of labels, of a key type: put MapValueToKey before the trainer.</summary>
    public string LabelColumnName { get; init; } = DigitData.LabelColumn;

    /// <summary>The column of pixels: a vector of height x width Single, whole numbers of 0 to 255 or those divided by 255.</summary>
    public string FeatureColumnName { get; init; } = DigitData.PixelsColumn;

    /// <summary>Epochs; the recipe's where it is null.</summary>
    public int? Epochs { get; init; }

    /// <summary>Rows of a minibatch; the recipe's where it is null.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The highest learning rate; the recipe's where it is null.</summary>
    public float? LearningRate { get; init; }

    /// <summary>Decides first weights, order, augmentation and held-out rows; the recipe's where it is null.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Share of the rows that are held out and measured after every epoch, from 0 up to, but not including, 1.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>Who sees the training go by.</summary>
    public IReadOnlyList<ITrainingObserver> Observers { get; init; } = [];

    /// <summary>Makes the device that trains and predicts; the CPU with all its processors where it is null.</summary>
    public Func<IDevice>? OpenDevice { get; init; }

    /// <summary>Ends the training after the step under way; the fit then fails with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
