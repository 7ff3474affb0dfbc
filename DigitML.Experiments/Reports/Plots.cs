using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;

namespace DigitML.Experiments.Reports;

/// <summary>The charts of a report, with their file names.</summary>
internal static class Plots
{
    /// <summary>Names of the charts of an evaluation.</summary>
    internal static string[] EvaluationNames { get; } = ["confusion-matrix", "calibration", "filters"];

    /// <summary>Names of all charts, those of a training too.</summary>
    internal static string[] Names { get; } = ["error-rate", "loss", "learning-rate", .. EvaluationNames];

    /// <summary>The charts that the report contains.</summary>
    internal static IEnumerable<(string Name, Svg Chart)> Of(Report report)
    {
        if (report.Trainings.Length > 0)
        {
            foreach (LineChart chart in CurvesSection.Charts(report.Trainings)) yield return (chart.FileName, chart.Draw());
        }

        if (report.Evaluation is { } evaluation)
        {
            yield return ("confusion-matrix", new ConfusionHeatMap(evaluation.Result.Confusion).Draw());
            yield return ("calibration", new ReliabilityDiagram(Calibration.Of(evaluation.Result)).Draw());
        }

        if (report.Model is not null && FilterPictures.Of(report.Model) is { } filters) yield return ("filters", filters.Draw());
    }
}
