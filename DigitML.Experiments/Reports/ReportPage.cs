using System.Globalization;
using DigitML.Engine.Files;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Reports;

/// <summary>report.html: a self-contained file for screen, phone and paper, light and dark.</summary>
internal static class ReportPage
{
    /// <summary>Writes the page atomically.</summary>
    /// <exception cref="Engine.DigitMLException">The file cannot be written.</exception>
    internal static void Write(Report report, string path) => AtomicFile.WriteText(path, Html(report));

    /// <summary>The page.</summary>
    internal static string Html(Report report)
    {
        Section[] sections = [.. Sections(report)];
        return Page.Html(report.Title, Subject(report), sections);
    }

    private static IEnumerable<Section> Sections(Report report)
    {
        yield return ResultSection.Of(report);
        if (report.Trainings.Length > 0) yield return CurvesSection.Of(report.Trainings);
        if (report.Evaluation is { } evaluation)
        {
            yield return ConfusionSection.Of(evaluation);
            yield return ClassesSection.Of(evaluation.Result);
            yield return CalibrationSection.Of(evaluation.Result);
            yield return GallerySection.Mistakes(evaluation);
            int right = evaluation.Result.Confusion.CorrectRows;
            if (right < evaluation.Result.RowCount) yield return PairsSection.Of(evaluation);
            if (right > 0) yield return GallerySection.LeastCertain(evaluation);
        }

        if (report.Trainings.Length > 0) yield return SamplesSection.Of(report.Trainings[0]);
        if (report.Model is not null) yield return NetworkSection.Of(report.Model);
        if (report.Trainings.Length > 0) yield return PlanSection.Of(report.Trainings, report.Recipe);
        if (report.Commands.Length > 0) yield return CommandsSection.Of(report.Commands);
    }

    private static string Subject(Report report)
    {
        if (report.Trainings is not [{ Plan: RunPlan plan }, ..]) return report.Evaluation is { } evaluation ? $"Evaluated on {evaluation.Result.DatasetName}" : "";
        string networks = report.Trainings.Length == 1 ? "" : $", {report.Trainings.Length} networks";
        string what = report.Recipe is { } recipe ? $"Recipe {recipe.Name}{networks}, seed {recipe.Training.Seed}" : $"Trainer {plan.Trainer}, seed {plan.Seed}";
        return string.Create(CultureInfo.InvariantCulture, $"{what}, {plan.StartedUtc:yyyy-MM-dd HH:mm} UTC");
    }
}
