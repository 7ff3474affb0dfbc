using DigitML.Data;
using DigitML.Engine;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Models;

namespace DigitML.Experiments.Reports;

/// <summary>Reports on a model's evaluation on labelled rows: metrics, confusion matrix, classes, calibration, mistakes, networks.</summary>
public static class EvaluationReport
{
    /// <summary>Writes the report as a self-contained HTML file, atomically.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows on which it was evaluated.</param>
    /// <param name="result">The evaluation of <paramref name="rows"/>.</param>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public static void Write(string path, OpenedModel model, DigitFile rows, EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(result);
        ReportPage.Write(new Report(model.Path, model.Networks, new ReportedEvaluation(result, rows.Dataset, "", HasPredictionsFile: false), [], Recipe: null, []), path);
    }
}
