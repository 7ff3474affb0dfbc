using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using static System.FormattableString;

namespace DigitML.Experiments.Runs;

/// <summary>Recognises a training that learned nothing although its loss stayed finite.</summary>
internal static class TrainingWarning
{
    // The loss of guessing is ln(classes); a training loss of this many times that has blown up.
    private const double FarAbove = 2;

    /// <summary>One line with the way out; null if the network learned something.</summary>
    /// <param name="trainingLoss">The mean training loss of the last epoch.</param>
    /// <param name="validationAccuracy">The validation accuracy of the kept weights; null without validation rows.</param>
    /// <param name="inputs">The rows.</param>
    internal static string? Of(double trainingLoss, double? validationAccuracy, RunInputs inputs)
    {
        double guessing = Math.Log(inputs.Labels.Count);
        bool isFarAbove = trainingLoss > FarAbove * guessing;
        if (validationAccuracy is not double accuracy)
        {
            return isFarAbove ? Invariant($"Warning: the training loss ended at {trainingLoss:0.00}, where guessing gives {guessing:0.00}: training diverged; use a lower --learning-rate.") : null;
        }

        (string label, double share) = MostFrequent(inputs.Validation!);
        if (accuracy > share) return null;
        string loss = isFarAbove ? Invariant($", and the training loss ended at {trainingLoss:0.00}, where guessing gives {guessing:0.00}") : "";
        return Invariant($"Warning: the validation accuracy, {accuracy:F4}, is no better than answering \"{label}\" for every row{loss}; use a lower --learning-rate{(isFarAbove ? "" : " or more --epochs")}.");
    }

    private static (string Label, double Share) MostFrequent(DigitDataset rows)
    {
        KeyValuePair<int, int> most = rows.Labels.CountBy(key => key).MaxBy(count => count.Value);
        return (rows.LabelMap.Labels[most.Key], (double)most.Value / rows.Count);
    }
}
