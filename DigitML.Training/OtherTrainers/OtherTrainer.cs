using DigitML.Engine.Datasets;

namespace DigitML.Training.OtherTrainers;

/// <summary>A trainer that is not DigitML's own, for comparison.</summary>
/// <param name="Name">What <c>--trainer</c> calls it.</param>
/// <param name="Description">One line for lists.</param>
/// <param name="Train">Learns from labelled rows with a seed.</param>
internal sealed record OtherTrainer(string Name, string Description, Func<DigitDataset, int, OtherModel> Train);

/// <summary>What such a trainer gives.</summary>
/// <param name="Scores">The scores of rows: rows x classes, row-major, in the order of the training rows' label map.</param>
/// <param name="Save">Writes the model into a folder, under a name of its own, and gives the file's path.</param>
internal sealed record OtherModel(Func<DigitDataset, float[]> Scores, Func<string, string> Save);
