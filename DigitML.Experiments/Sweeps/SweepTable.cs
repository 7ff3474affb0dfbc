using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Sweeps;

/// <summary>The settings of a sweep side by side.</summary>
internal static class SweepTable
{
    private static readonly RankedColumn<SweepRow>[] Columns =
    [
        RankedColumn<SweepRow>.Number("epochs", "N0", row => row.Epochs),
        RankedColumn<SweepRow>.Number("batch size", "N0", row => row.BatchSize),
        RankedColumn<SweepRow>.Number("seconds per epoch", "N1", row => row.SecondsPerEpoch, Better.Lower),
        RankedColumn<SweepRow>.Number("seconds", "N1", row => row.Seconds, Better.Lower),
        RankedColumn<SweepRow>.Number("training loss", "F4", row => row.TrainingLoss, Better.Lower),
        RankedColumn<SweepRow>.Number("training accuracy", "F4", row => row.TrainingAccuracy, Better.Higher),
        RankedColumn<SweepRow>.Number("validation accuracy", "F4", row => row.ValidationAccuracy, Better.Higher),
        RankedColumn<SweepRow>.Number("test accuracy", "F4", row => row.TestAccuracy, Better.Higher),
    ];

    /// <summary>As aligned text, with a star after the best values.</summary>
    internal static string Text(IReadOnlyList<SweepRow> rows) => Table(rows).Text(rows);

    /// <summary>As a Markdown table, with the best values bold.</summary>
    internal static string Markdown(IReadOnlyList<SweepRow> rows) => Table(rows).Markdown(rows);

    // The set values come first, with one column per path.
    private static RankedTable<SweepRow> Table(IReadOnlyList<SweepRow> rows) => new(
    [
        .. rows.SelectMany(row => row.Set.Keys).Distinct().Select(place => RankedColumn<SweepRow>.Words(place, row => row.Set.GetValueOrDefault(place, "-"))),
        .. Columns,
    ]);
}
