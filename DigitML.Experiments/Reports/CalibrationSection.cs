using System.Globalization;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Summaries;

namespace DigitML.Experiments.Reports;

/// <summary>Calibration of the scores.</summary>
internal static class CalibrationSection
{
    internal static Section Of(EvaluationResult evaluation)
    {
        Calibration calibration = Calibration.Of(evaluation);
        return new Section("calibration", "Calibration", Markup.Of($"""
            <div class="beside">
            {new ReliabilityDiagram(calibration).InPage()}
            <div>
            <p>Expected calibration error {calibration.ExpectedError.ToString("F4", CultureInfo.InvariantCulture)}: the mean distance between highest score and accuracy, over the bins below.</p>
            {Page.Table("Rows by highest score", ["score", "rows", "mean score", "accuracy"], calibration.Bins.Where(bin => bin.Rows > 0).Select(Row))}
            </div>
            </div>
            """));
    }

    private static IReadOnlyList<Markup> Row(CalibrationBin bin) =>
        [Markup.Of($"{bin.From:0.0} – {bin.To:0.0}"), Markup.Of($"{bin.Rows:N0}"), Markup.Of($"{bin.MeanScore:0.000}"), Markup.Of($"{NumberText.Percent(bin.Accuracy)}")];
}
