using DigitML.Data;
using DigitML.Data.Layouts;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.RunFiles;
using DigitML.Experiments.Runs;

namespace DigitML.Experiments.Comparisons;

/// <summary>The pixels of the rows on which runs were evaluated. A run folder does not hold them, but its plan names their file.</summary>
internal static class EvaluatedRows
{
    /// <summary>The rows; null if no plan is known, or the file is gone or has changed.</summary>
    internal static DigitDataset? Of(IEnumerable<ComparedRun> runs) => runs.Select(Of).FirstOrDefault(rows => rows is not null);

    private static DigitDataset? Of(ComparedRun run)
    {
        if (run.Plan is not { } plan) return null;
        try
        {
            DigitDataset? rows = plan.TestData is { } test
                ? DigitFiles.Load(test.Path, new DigitFileOptions { Layout = plan.Layout ?? FileLayout.Found, Part = "test", LabelMap = new LabelMap(plan.Classes), RequireLabels = true, UsualSize = (plan.ImageHeight, plan.ImageWidth) }).Dataset
                : RunInputs.Load(plan).Validation;
            return rows is not null && DatasetChecksum.Of(rows) == run.Metrics.DatasetChecksum ? rows : null;
        }
        catch (DigitMLException)
        {
            // A comparison needs the predictions alone; the page says that there are no pictures.
            return null;
        }
    }
}
