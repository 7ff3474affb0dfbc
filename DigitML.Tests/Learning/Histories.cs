using DigitML.Engine.Learning;

namespace DigitML.Tests.Learning;

/// <summary>Epoch reports for rules that look at them.</summary>
internal static class Histories
{
    internal static List<EpochReport> WithValLoss(params double[] losses) => [.. losses.Select((loss, i) => Report(i + 1, valLoss: loss))];

    internal static List<EpochReport> WithValAccuracy(params double[] accuracies) => [.. accuracies.Select((accuracy, i) => Report(i + 1, valAccuracy: accuracy))];

    internal static EpochReport Report(int epoch, double loss = 1, double accuracy = 0.5, double? valLoss = null, double? valAccuracy = null) =>
        new(epoch, loss, accuracy, valLoss, valAccuracy, 0.01f, 1, 0.9, 10, 100);
}
