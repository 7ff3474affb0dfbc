using System.Collections.Immutable;
using System.Globalization;
using DigitML.Experiments.Charts;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Reports;

/// <summary>Accuracy, loss and learning rate by epoch.</summary>
internal static class CurvesSection
{
    internal static Section Of(ImmutableArray<ReportedTraining> trainings) => new("curves", "Curves", Markup.Of($"""
        <div class="charts">
        {Charts(trainings).Select(chart => Markup.Of($"<figure>{chart.Draw().InPage()}</figure>"))}
        </div>
        {Note(trainings)}
        <details><summary>The epochs as a table</summary>
        {trainings.Select(Epochs)}
        </details>
        """));

    /// <summary>The three charts.</summary>
    internal static IEnumerable<LineChart> Charts(IReadOnlyList<ReportedTraining> trainings)
    {
        yield return new LineChart("Accuracy", Lines(trainings, epoch => epoch.Accuracy, epoch => epoch.ValidationAccuracy));
        yield return new LineChart("Loss", Lines(trainings, epoch => epoch.Loss, epoch => epoch.ValidationLoss), IsLogarithmic: true);
        yield return new LineChart("Learning rate", Lines(trainings.Take(1), epoch => epoch.LearningRate, _ => null, "learning rate"));
    }

    private static Series[] Lines(IEnumerable<ReportedTraining> trainings, Func<RunEpoch, double> training, Func<RunEpoch, double?> validation, string name = "training")
    {
        ReportedTraining[] all = [.. trainings];
        return
        [
            .. all.SelectMany((one, i) =>
            {
                string which = all.Length == 1 ? "" : $" {i + 1}";
                (double, double)[] validated = [.. one.History.Where(epoch => validation(epoch) is not null).Select(epoch => ((double)epoch.Epoch, validation(epoch)!.Value))];
                var learned = new Series(name + which, [.. one.History.Select(epoch => ((double)epoch.Epoch, training(epoch)))], all.Length == 1 ? 0 : i, IsDashed: validated.Length > 0);
                return validated.Length == 0 ? (Series[])[learned] : [learned, new Series("validation" + which, validated, all.Length == 1 ? 1 : i)];
            }),
        ];
    }

    private static Markup Note(ImmutableArray<ReportedTraining> trainings)
    {
        RunPlan plan = trainings[0].Plan;
        string[] notes =
        [
            .. plan.Recipe?.Training.Augmentation is null ? (string[])[] : ["Training figures are for augmented images, which are harder than the validation images."],
            .. plan.Recipe?.Training.AveragingDecay is null ? (string[])[] : ["Validation figures are for the averaged weights."],
            .. plan.Split.ValidationRows > 0 ? (string[])[] : ["No rows were held out, so there are no validation figures."],
        ];
        return notes.Length == 0 ? Markup.None : Markup.Of($"<p>{string.Join(' ', notes)}</p>");
    }

    private static Markup Epochs(ReportedTraining training, int index) => Page.Table(
        $"Epochs of network {index + 1}", ["epoch", "loss", "accuracy", "validation loss", "validation accuracy", "learning rate", "seconds"],
        training.History.Select(epoch => (IReadOnlyList<Markup>)
        [
            Markup.Of($"{epoch.Epoch}"), Number(epoch.Loss, "F4"), Number(epoch.Accuracy, "F4"), Number(epoch.ValidationLoss, "F4"), Number(epoch.ValidationAccuracy, "F4"),
            Number(epoch.LearningRate, "G4"), Number(epoch.Seconds, "F1"),
        ]));

    private static Markup Number(double? value, string format) => Markup.Of($"{value?.ToString(format, CultureInfo.InvariantCulture) ?? "–"}");
}
