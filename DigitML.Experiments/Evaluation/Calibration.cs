using System.Collections.Immutable;

namespace DigitML.Experiments.Evaluation;

/// <summary>Calibration of the scores: of the rows whose highest score is about 0.9, nine in ten should be predicted correctly.</summary>
/// <param name="Bins">Ten equally wide bins of the highest score from 0 to 1, including empty ones.</param>
/// <param name="ExpectedError">Expected calibration error: the mean of |accuracy − mean score| over the bins, weighted by their rows. Guo et al. 2017.</param>
internal sealed record Calibration(ImmutableArray<CalibrationBin> Bins, double ExpectedError)
{
    private const int BinCount = 10;

    /// <summary>The calibration of an evaluation.</summary>
    internal static Calibration Of(EvaluationResult evaluation)
    {
        ILookup<int, ScoredRow> rows = evaluation.Predictions.ToLookup(row => Math.Clamp((int)(row.Score * BinCount), 0, BinCount - 1));
        ImmutableArray<CalibrationBin> bins = [.. Enumerable.Range(0, BinCount).Select(bin => CalibrationBin.Of(bin / (double)BinCount, (bin + 1) / (double)BinCount, [.. rows[bin]]))];
        return new Calibration(bins, bins.Sum(bin => bin.Rows * Math.Abs(bin.Accuracy - bin.MeanScore)) / evaluation.RowCount);
    }
}

/// <summary>The rows whose highest score is in one bin.</summary>
/// <param name="From">Lowest score.</param>
/// <param name="To">Highest score.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="MeanScore">Mean of their highest scores; 0 without rows.</param>
/// <param name="Accuracy">Fraction of them predicted correctly; 0 without rows.</param>
internal sealed record CalibrationBin(double From, double To, int Rows, double MeanScore, double Accuracy)
{
    internal static CalibrationBin Of(double from, double to, ScoredRow[] rows) => rows.Length == 0
        ? new CalibrationBin(from, to, 0, 0, 0)
        : new CalibrationBin(from, to, rows.Length, rows.Average(row => (double)row.Score), rows.Count(row => row.IsCorrect) / (double)rows.Length);
}
