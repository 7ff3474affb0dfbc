using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;

namespace DigitML.Experiments.OtherTrainers;

/// <summary>A trainer that is not DigitML's own, for comparison.</summary>
/// <param name="Name">What <c>--trainer</c> calls it.</param>
/// <param name="Description">One line for lists.</param>
/// <param name="Train">Learns.</param>
internal sealed record OtherTrainer(string Name, string Description, Func<OtherTrainingInputs, OtherModel> Train);

/// <summary>What such a trainer works with.</summary>
/// <param name="Training">Labelled rows to learn from.</param>
/// <param name="Validation">Rows held out; null for none. A trainer that has no epochs does not look at them.</param>
/// <param name="Seed">Decides what the trainer lets it decide.</param>
/// <param name="Settings">What the user chose.</param>
/// <param name="Tell">Takes a line for the user.</param>
/// <param name="EpochEnded">Takes each epoch of a trainer that has epochs. What it throws ends the training.</param>
internal sealed record OtherTrainingInputs(
    DigitDataset Training, DigitDataset? Validation, int Seed, OtherSettings Settings, Action<string> Tell, Action<EpochReport> EpochEnded);

/// <summary>What can be chosen of a trainer that has epochs; null leaves the choice to it.</summary>
/// <param name="Architecture">The network below the trained layer.</param>
/// <param name="Epochs">Most epochs.</param>
/// <param name="BatchSize">Rows of a minibatch.</param>
/// <param name="LearningRate">Learning rate at the start.</param>
internal sealed record OtherSettings(string? Architecture, int? Epochs, int? BatchSize, float? LearningRate);

/// <summary>What such a trainer gives.</summary>
/// <param name="Scores">The scores of rows: rows x classes, row-major, in the order of the training rows' label map.</param>
/// <param name="Save">Writes the model into a folder, under a name of its own, and gives the file's path.</param>
internal sealed record OtherModel(Func<DigitDataset, float[]> Scores, Func<string, string> Save);
