using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Engine.Learning;
using DigitML.Experiments.Charts;

namespace DigitML.Experiments.Reports;

/// <summary>One training image per class, unaltered and as the network saw it in the first epochs.</summary>
internal static class SamplesSection
{
    private const int Epochs = 4, MostClasses = 12;

    internal static Section Of(ReportedTraining training)
    {
        DigitDataset rows = training.Rows;
        int[] shown = [.. DatasetSample.OfEveryClass(rows, 1).Take(MostClasses)];
        Augmentation? augmentation = training.Plan.Recipe?.Training.Augmentation;
        string note = augmentation is null
            ? "The network saw every image unaltered in every epoch."
            : $"Each image unaltered, and as the network saw it in {(training.History.Count == 1 ? "the first epoch" : "the first epochs")}.";
        return new Section("data", "Training data", Markup.Of($"""
            <p>{note}</p>
            <ul class="samples">
            {shown.Select(row => Sample(training, row, augmentation))}
            </ul>
            """));
    }

    private static Markup Sample(ReportedTraining training, int row, Augmentation? augmentation)
    {
        DigitDataset rows = training.Rows;
        string label = DatasetSample.LabelOf(rows, row) ?? "?";
        int augmentedEpochs = augmentation is null ? 0 : Math.Clamp(training.Plan.Recipe!.Training.Epochs - augmentation.FinalEpochsWithout, 0, Epochs);
        return Markup.Of($"""
            <li><strong>{label}</strong>{Pictures.Of(rows.Image(row), rows.Height, rows.Width, $"a {label}, unaltered")}{Enumerable.Range(0, augmentedEpochs).Select(epoch =>
                Pictures.Of(augmentation!.Apply(rows, row, training.Plan.Seed, epoch), rows.Height, rows.Width, $"the same in epoch {epoch + 1}"))}</li>
            """);
    }
}
