using DigitML.Data;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Devices;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Pipelines;
using DigitML.Experiments.Progress;
using DigitML.Experiments.Runs;
using DigitML.MLNet;

namespace DigitML.Experiments.Checks;

/// <summary>
/// Ranks the rows whose label is likely wrong. The rows are split into folds; each fold is scored by a network that learned from the other folds, so that no network
/// has learned the label it judges. The larger the lead of another label, the likelier the label is wrong: the normalized margin of confident learning
/// (Northcutt, Jiang, Chuang 2021).
/// </summary>
/// <param name="environment">Progress, devices, cancellation.</param>
/// <param name="recipe">The recipe of every fold's network.</param>
/// <param name="device">The device.</param>
internal sealed class MislabelledSearch(RunEnvironment environment, Recipe recipe, DeviceRequest device)
{
    /// <summary>The rows that the networks expect another label for, the likeliest mistakes first.</summary>
    /// <param name="rows">Labelled rows.</param>
    /// <param name="folds">Number of folds, 2 or more.</param>
    /// <param name="seed">Random seed of the folds.</param>
    /// <exception cref="DigitMLException">There are too few rows, or the recipe does not fit them.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    internal IReadOnlyList<SuspectLabel> Run(DigitDataset rows, int folds, ulong seed)
    {
        int[] foldOf = DatasetSplit.Folds(rows, folds, seed);
        var suspects = new List<SuspectLabel>();
        for (int fold = 0; fold < folds; fold++)
        {
            environment.Log.WriteLine($"Fold {fold + 1} of {folds}");
            int[] held = [.. Enumerable.Range(0, rows.Count).Where(row => foldOf[row] == fold)];
            DigitDataset training = rows.Subset("training rows", [.. Enumerable.Range(0, rows.Count).Where(row => foldOf[row] != fold)]);
            suspects.AddRange(Score(rows, training, held));
        }

        return [.. suspects.OrderByDescending(suspect => suspect.Margin).ThenBy(suspect => suspect.Row)];
    }

    private IEnumerable<SuspectLabel> Score(DigitDataset rows, DigitDataset training, int[] held)
    {
        var options = new DigitCnnOptions
        {
            Recipe = recipe,
            Observers = [new KerasProgress(environment.Log, environment.IsInteractive, environment.Width)],
            OpenDevice = () => environment.OpenDevice(device),
            Cancellation = environment.Cancellation,
        };
        using FittedPipeline pipeline = new DigitPipeline(rows.LabelMap, recipe.Training.Seed).FitDigitCnn(training, validation: null, options);
        float[] scores = pipeline.Score(rows.Subset("rows of the fold", held), environment.Cancellation);
        int classes = rows.LabelMap.Count;
        for (int i = 0; i < held.Length; i++)
        {
            ReadOnlySpan<float> row = scores.AsSpan(i * classes, classes);
            int label = rows.Labels[held[i]], best = ArgMax.Of(row);
            if (best != label) yield return new SuspectLabel(held[i], label, best, row[label], row[best]);
        }
    }
}
