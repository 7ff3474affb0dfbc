using DigitML.Engine.Files;
using DigitML.Training.Charts;
using DigitML.Training.Evaluation;

namespace DigitML.Training.Reports;

/// <summary>The charts of a report as SVG files.</summary>
internal static class Plots
{
    /// <summary>Writes each chart that the report has into a folder.</summary>
    /// <returns>The files.</returns>
    /// <exception cref="Engine.DigitMLException">A file cannot be written.</exception>
    internal static IReadOnlyList<string> Write(Report report, string folder)
    {
        var files = new List<string>();
        foreach (var (name, chart) in Of(report))
        {
            string path = Path.Combine(folder, $"{name}.svg");
            AtomicFile.WriteText(path, chart.ToFile());
            files.Add(path);
        }

        return files;
    }

    private static IEnumerable<(string Name, Svg Chart)> Of(Report report)
    {
        if (report.Trainings.Length > 0)
        {
            foreach (LineChart chart in CurvesSection.Charts(report.Trainings)) yield return (chart.Title.ToLowerInvariant().Replace(' ', '-'), chart.Draw());
        }

        if (report.Evaluation is { } evaluation)
        {
            yield return ("confusion-matrix", new ConfusionHeatMap(evaluation.Result.Metrics.ConfusionMatrix).Draw());
            yield return ("calibration", new ReliabilityDiagram(Calibration.Of(evaluation.Result)).Draw());
        }

        if (FilterPictures.Of(report.Model) is { } filters) yield return ("filters", filters.Draw());
    }
}
