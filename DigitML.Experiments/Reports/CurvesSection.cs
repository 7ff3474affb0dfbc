using System.Collections.Immutable;
using DigitML.Experiments.Charts;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Summaries;
using static System.FormattableString;

namespace DigitML.Experiments.Reports;

/// <summary>Error rate, loss and learning rate by epoch.</summary>
internal static class CurvesSection
{
    internal static Section Of(ImmutableArray<ReportedTraining> trainings) => new("curves", "Curves", Markup.Of($"""
        <div class="charts">
        {Charts(trainings).Select(chart => chart.InPage())}
        </div>
        {Note(trainings)}
        <details class="on-paper"><summary>The epochs as a table</summary>
        {trainings.Select(Epochs)}
        </details>
        """));

    /// <summary>The three charts.</summary>
    internal static IEnumerable<LineChart> Charts(IReadOnlyList<ReportedTraining> trainings)
    {
        yield return new LineChart("Error rate", Lines(trainings, epoch => 1 - epoch.Accuracy, epoch => 1 - epoch.ValidationAccuracy), ValueAxis.ErrorRate);
        yield return new LineChart("Loss", Lines(trainings, epoch => epoch.Loss, epoch => epoch.ValidationLoss), ValueAxis.Logarithmic);
        yield return new LineChart("Learning rate", Lines(trainings.Take(1), epoch => epoch.LearningRate, _ => null, "learning rate"), ValueAxis.Linear);
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
            Markup.Of($"{epoch.Epoch}"), Loss(epoch.Loss), Accuracy(epoch.Accuracy), Loss(epoch.ValidationLoss), Accuracy(epoch.ValidationAccuracy),
            Markup.Of($"{NumberText.Short(epoch.LearningRate)}"), Markup.Of($"{epoch.Seconds:0.0}"),
        ]));

    private static Markup Loss(double? value) => Markup.Of($"{(value is double loss ? Invariant($"{loss:F4}") : Page.Missing)}");

    private static Markup Accuracy(double? value) => Markup.Of($"{(value is double accuracy ? NumberText.Percent(accuracy) : Page.Missing)}");
}
