using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Learning;

/// <summary>Checks that network, rows, plan and options fit together before anything runs.</summary>
internal static class FitChecks
{
    /// <exception cref="DigitMLException">They do not; the message says what is wrong and how to fix it.</exception>
    internal static void Check(Network network, DigitDataset training, TrainingPlan plan, FitOptions options)
    {
        plan.Validate();
        if (options.Observers is null || options.Observers.Contains(null!)) throw new ArgumentException("An observer is null.", nameof(options));
        CheckRows(network, training);
        if (options.Targets is not null) CheckTargets(options.Targets, training);
        if (options.Validation is { } validation)
        {
            CheckRows(network, validation);
            if (!validation.LabelMap.Labels.SequenceEqual(training.LabelMap.Labels))
            {
                throw new DigitMLException(
                    $"{validation.Name} has the classes {List(validation)} but {training.Name} has {List(training)}; " +
                    "training and validation need the same classes.");
            }
        }
        else
        {
            CheckNothingNeedsValidation(plan);
        }

        if (options.InitialWeights is { } initialWeights && !FitsTogether(initialWeights.Network, network))
        {
            throw new DigitMLException(
                $"The initial weights belong to network \"{initialWeights.Network.Name}\", whose layers differ from those of \"{network.Name}\".");
        }
    }

    private static void CheckRows(Network network, DigitDataset dataset)
    {
        Shape input = network.InputShape;
        if (dataset.Count == 0) throw new DigitMLException($"{dataset.Name} has no rows; there is nothing to train on.");
        if (input.IsVector || input.Channels != 1 || input.Height != dataset.Height || input.Width != dataset.Width)
        {
            throw new DigitMLException(
                $"{dataset.Name} has images of {dataset.Height}x{dataset.Width}x1 but network \"{network.Name}\" takes {input}.");
        }

        if (dataset.LabelMap.Count != network.ClassCount)
        {
            throw new DigitMLException(
                $"{dataset.Name} has {dataset.LabelMap.Count} classes but network \"{network.Name}\" has {network.ClassCount} outputs; " +
                $"give its last layer {dataset.LabelMap.Count} outputs.");
        }

        if (Array.IndexOf(dataset.Labels, DigitDataset.NoLabel) is >= 0 and int row)
        {
            throw new DigitMLException($"{dataset.Name}: row {row + 1} has no label; training and validation need a label in every row.");
        }
    }

    private static void CheckTargets(TargetMatrix targets, DigitDataset training)
    {
        if (targets.Count == training.Count && targets.ClassCount == training.LabelMap.Count) return;
        throw new DigitMLException(
            $"The targets are {targets.Count} rows of {targets.ClassCount} classes but {training.Name} has {training.Count} rows of {training.LabelMap.Count}; " +
            "give every training row one value per class.");
    }

    private static void CheckNothingNeedsValidation(TrainingPlan plan)
    {
        const string WayOut = "hold out validation rows or monitor the training loss";
        if (plan.EarlyStopping is { } stopping && stopping.Monitor.NeedsValidation())
        {
            throw new DigitMLException($"earlyStopping monitors {Name(stopping.Monitor)} but there are no validation rows; {WayOut}.");
        }

        if (plan.LearningRate is ReduceOnPlateau plateau && plateau.Monitor.NeedsValidation())
        {
            throw new DigitMLException($"learningRate monitors {Name(plateau.Monitor)} but there are no validation rows; {WayOut}.");
        }

        if (plan.KeepBestEpoch)
        {
            throw new DigitMLException("keepBestEpoch needs validation rows to find the best epoch; hold some out.");
        }
    }

    private static bool FitsTogether(Network one, Network other) =>
        one.InputShape == other.InputShape && one.Layers.Select(layer => layer.Layer).SequenceEqual(other.Layers.Select(layer => layer.Layer));

    private static string Name(MonitoredMetric metric) => metric == MonitoredMetric.ValLoss ? "valLoss" : "valAccuracy";

    private static string List(DigitDataset dataset) => string.Join(", ", dataset.LabelMap.Labels);
}
