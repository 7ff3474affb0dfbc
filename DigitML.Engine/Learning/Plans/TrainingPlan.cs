using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Engine.Learning;

/// <summary>Everything that decides how a network learns. Immutable; as JSON it is the training part of a recipe (camelCase names).</summary>
/// <param name="Epochs">Passes over the training rows, 1 or more.</param>
/// <param name="BatchSize">Rows per minibatch, 1 or more; the last minibatch of an epoch holds the remainder.</param>
/// <param name="Optimizer">How gradients change parameters.</param>
/// <param name="LearningRate">The learning rate of every step.</param>
/// <param name="LabelSmoothing">s in [0, 1): the targets are (1 − s) · one-hot + s / K. Szegedy et al. 2016.</param>
/// <param name="Augmentation">Random changes of the training images; null for none.</param>
/// <param name="AveragingDecay">If set, in [0, 1): the result is the running average of the weights over the steps, and validation
/// measures that average.</param>
/// <param name="Initializer">How weights are initialised.</param>
/// <param name="Seed">Random seed of the initial weights, the order of rows, augmentation and dropout.</param>
/// <param name="EarlyStopping">When to stop before the last epoch; null to never stop early.</param>
/// <param name="KeepBestEpoch">True if the result has the weights of the epoch with the best validation accuracy (on a tie, the lower validation loss,
/// then the earlier epoch) in place of the last one's. An <see cref="EarlyStopping"/> that restores the best weights decides by its own
/// metric.</param>
public sealed record TrainingPlan(
    int Epochs,
    int BatchSize,
    Optimizer Optimizer,
    LearningRateSchedule LearningRate,
    float LabelSmoothing = 0,
    Augmentation? Augmentation = null,
    float? AveragingDecay = null,
    WeightInitializer Initializer = WeightInitializer.HeNormal,
    ulong Seed = 1,
    EarlyStopping? EarlyStopping = null,
    bool KeepBestEpoch = false)
{
    /// <summary>Checks every value.</summary>
    /// <exception cref="DigitMLException">A value is outside its range; the message names it as in JSON.</exception>
    public void Validate()
    {
        if (Epochs < 1) throw new DigitMLException($"epochs is {Epochs}; a plan trains for at least 1 epoch.");
        if (BatchSize < 1) throw new DigitMLException($"batchSize is {BatchSize}; a minibatch holds at least 1 row.");
        if (Optimizer is null) throw new DigitMLException("optimizer is missing; name one, such as { \"type\": \"Adam\" }.");
        if (LearningRate is null)
        {
            throw new DigitMLException("learningRate is missing; name a schedule, such as { \"type\": \"Constant\", \"rate\": 0.001 }.");
        }

        if (LabelSmoothing is not (>= 0 and < 1))
        {
            throw new DigitMLException($"labelSmoothing is {LabelSmoothing:R}; it must be from 0 up to but not including 1.");
        }

        if (AveragingDecay is not (null or (>= 0 and < 1)))
        {
            throw new DigitMLException($"averagingDecay is {AveragingDecay:R}; it must be from 0 up to but not including 1.");
        }

        Optimizer.Validate();
        LearningRate.Validate();
        Augmentation?.Validate();
        EarlyStopping?.Validate();
    }
}
