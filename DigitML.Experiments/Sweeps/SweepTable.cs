using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Sweeps;

/// <summary>The settings of a sweep side by side. The best is marked by the held-out rows alone: nothing is chosen on the training or test rows.</summary>
internal static class SweepTable
{
    private static readonly RankedColumn<SweepRow>[] Columns =
    [
        RankedColumn<SweepRow>.Number("epochs", "N0", row => row.Epochs),
        RankedColumn<SweepRow>.Number("batch size", "N0", row => row.BatchSize),
        RankedColumn<SweepRow>.Number("seconds per epoch", "N1", row => row.SecondsPerEpoch),
        RankedColumn<SweepRow>.Number("seconds", "N1", row => row.Seconds, isOptional: true),
        RankedColumn<SweepRow>.Number("training loss", "F4", row => row.TrainingLoss, isOptional: true),
        RankedColumn<SweepRow>.Number("training accuracy", "F4", row => row.TrainingAccuracy),
        RankedColumn<SweepRow>.Number("validation accuracy", "F4", row => row.ValidationAccuracy, Better.Higher),
        RankedColumn<SweepRow>.Number("test accuracy", "F4", row => row.TestAccuracy),
    ];

    /// <summary>As aligned text, with a star after the best validation accuracy.</summary>
    /// <param name="rows">The settings.</param>
    /// <param name="width">Columns of the terminal.</param>
    internal static string Text(IReadOnlyList<SweepRow> rows, int width = int.MaxValue) => Table(rows).Text(rows, width);

    /// <summary>Says that no setting is marked; null if one is.</summary>
    internal static string? NoBest(IReadOnlyList<SweepRow> rows) =>
        rows.Any(row => row.ValidationAccuracy is not null) ? null : "No setting is marked as the best, because no rows were held out; hold some out with --validation-fraction 0.1.";

    /// <summary>As a Markdown table, with the best validation accuracy bold.</summary>
    internal static string Markdown(IReadOnlyList<SweepRow> rows) => Table(rows).Markdown(rows);

    // The set values come first, with one column per path; epochs and batch size that were set are not shown again.
    private static RankedTable<SweepRow> Table(IReadOnlyList<SweepRow> rows)
    {
        string[] places = [.. rows.SelectMany(row => row.Set.Keys).Distinct()];
        return new RankedTable<SweepRow>(
        [
            .. places.Select(place => RankedColumn<SweepRow>.Words(place, row => row.Set.GetValueOrDefault(place, "-"))),
            .. Columns.Where(column => !places.Contains(PlaceOf(column.Title))),
        ], best: "best validation accuracy");
    }

    private static string PlaceOf(string title) => title switch { "epochs" => "training.epochs", "batch size" => "training.batchSize", _ => "" };
}
