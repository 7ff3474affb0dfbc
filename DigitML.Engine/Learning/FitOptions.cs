using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>The optional arguments of <see cref="Trainer.Fit"/>. Immutable.</summary>
public sealed record FitOptions
{
    /// <summary>The rows that every epoch is validated on, all labelled; null for none.</summary>
    public DigitDataset? Validation { get; init; }

    /// <summary>Maps pixels of 0 .. 255 to the network's input; to 0 .. 1 unless given.</summary>
    public PixelNormalization Normalization { get; init; } = PixelNormalization.Unit;

    /// <summary>The target distribution over the classes of each training row; null for the one-hot encoding of its label. The plan's label
    /// smoothing applies to either. Accuracy is always measured against the labels.</summary>
    public TargetMatrix? Targets { get; init; }

    /// <summary>Who receives the events of the run, in the order given.</summary>
    public IReadOnlyList<ITrainingObserver> Observers { get; init; } = [];

    /// <summary>Weights to start from in place of random ones, of a network with the same layers; not used on a resume.</summary>
    public NetworkWeights? InitialWeights { get; init; }

    /// <summary>The checkpoint to resume; the result is the same as without the interruption. Network, plan, rows, targets, normalisation and
    /// <see cref="Devices.IDevice.Arithmetic"/> must be the same as in that run.</summary>
    public Checkpoint? ResumeFrom { get; init; }

    /// <summary>Ends the run after the step under way; the result is the one after the last finished epoch.</summary>
    public CancellationToken Cancellation { get; init; }
}
