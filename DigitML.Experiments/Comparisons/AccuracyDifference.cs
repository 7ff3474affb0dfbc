using System.Globalization;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.Summaries;
using DigitML.Model.Files;
using static System.FormattableString;

namespace DigitML.Experiments.Comparisons;

/// <summary>The difference between a run's accuracy and that of the first run, and whether it is statistically significant.</summary>
/// <param name="First">Name of the first run.</param>
/// <param name="Run">Name of the run.</param>
/// <param name="Points">Its accuracy minus that of the first, in percentage points.</param>
/// <param name="Test">The rows that only one of the two predicts correctly; null if their predictions were not kept.</param>
/// <param name="Margin">Half the width of the 95 % confidence interval of <paramref name="Points"/>, for two independent sets of rows.</param>
public sealed record AccuracyDifference(string First, string Run, double Points, McNemarTest? Test, double Margin)
{
    private const double Chance = 0.05, Normal95 = 1.96;

    /// <summary>True if the difference is statistically significant at the 5 % level.</summary>
    public bool IsSignificant => Test is null ? Math.Abs(Points) > Margin : Test.PValue < Chance;

    /// <summary>The difference of two runs on the same rows.</summary>
    internal static AccuracyDifference Of(ComparedRun first, ComparedRun run)
    {
        double one = first.Metrics.MicroAccuracy, other = run.Metrics.MicroAccuracy;
        double variance = one * (1 - one) / first.Metrics.Rows + other * (1 - other) / run.Metrics.Rows;
        return new AccuracyDifference(first.Name, run.Name, 100 * (other - one), TestOf(first, run), 100 * Normal95 * Math.Sqrt(variance));
    }

    /// <summary>Describes the difference in words: "+0.12 points (15 rows that only second predicts correctly, 3 that only first does; p = 0.0075): better".</summary>
    public string Describe()
    {
        string verdict = !IsSignificant ? "not statistically significant" : Points > 0 ? "better" : "worse";
        string evidence = Test is null
            ? Invariant($"95 % interval {Points - Margin:+0.00;-0.00;0.00} to {Points + Margin:+0.00;-0.00;0.00}, predictions not kept")
            : Invariant($"{DisplayText.Count(Test.OnlySecondRight, "row")} that only {Run} predicts correctly, {Test.OnlyFirstRight:N0} that only {First} does; p {P(Test.PValue)}");
        return Invariant($"{Points:+0.00;-0.00;0.00} points ({evidence}): {verdict}");
    }

    // The two runs have the same rows only if these are in the same order.
    private static McNemarTest? TestOf(ComparedRun first, ComparedRun run)
    {
        if (first.Predictions is not { } one || run.Predictions is not { } other || one.Count != other.Count) return null;
        int onlyFirst = 0, onlySecond = 0;
        for (int i = 0; i < one.Count; i++)
        {
            if (one[i].Row != other[i].Row || one[i].Label != other[i].Label) return null;
            if (one[i].IsCorrect && !other[i].IsCorrect) onlyFirst++;
            if (!one[i].IsCorrect && other[i].IsCorrect) onlySecond++;
        }

        return new McNemarTest(onlyFirst, onlySecond);
    }

    private static string P(double p) => p < 0.0001 ? "< 0.0001" : "= " + p.ToString("0.####", CultureInfo.InvariantCulture);
}
