using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Evaluation;

public class CalibrationTests
{
    // Two rows of score 0.8, one right; three of 0.6, all right; one of 1.0, right.
    private static readonly EvaluationResult Six = SmallEvaluation.Of(
        [0, 0, 1, 1, 1, 0], [0.8f, 0.2f, 0.2f, 0.8f, 0.4f, 0.6f, 0.4f, 0.6f, 0.4f, 0.6f, 1, 0]);

    [Fact]
    public void Scores_are_set_beside_how_often_they_are_right()
    {
        Calibration calibration = Calibration.Of(Six);
        Assert.Equal(10, calibration.Bins.Length);
        Assert.Equal([(6, 3, 0.6, 1.0), (8, 2, 0.8, 0.5), (9, 1, 1.0, 1.0)],
            calibration.Bins.Select((bin, i) => (i, bin.Rows, Math.Round(bin.MeanScore, 6), bin.Accuracy)).Where(bin => bin.Rows > 0));
        Assert.Equal((3 * 0.4 + 2 * 0.3 + 1 * 0) / 6, calibration.ExpectedError, 6);
    }

    [Fact]
    public void Bins_are_tenths_and_hold_the_mean_of_their_scores()
    {
        Calibration calibration = Calibration.Of(SmallEvaluation.Of([0, 0], [0.62f, 0.38f, 0.68f, 0.32f]));
        Assert.Equal(Enumerable.Range(0, 10).Select(bin => (bin / 10.0, (bin + 1) / 10.0)), calibration.Bins.Select(bin => (bin.From, bin.To)));
        Assert.Equal(0.65, calibration.Bins[6].MeanScore, 6);
    }

    [Fact]
    public void Correct_rows_are_those_on_the_diagonal() => Assert.Equal(16, new ConfusionCounts([[5, 1, 0], [0, 5, 0], [3, 1, 6]], ["a", "b", "c"]).CorrectRows);

    [Fact]
    public void Counts_without_labels_are_refused_by_name()
    {
        Assert.Equal("counts", Assert.Throws<ArgumentNullException>(() => new ConfusionCounts(null!, [])).ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentNullException>(() => new ConfusionCounts([], null!)).ParamName);
    }

    [Fact]
    public void Confused_pairs_come_by_their_number()
    {
        var matrix = new ConfusionCounts([[5, 1, 0], [0, 5, 0], [3, 1, 6]], ["a", "b", "c"]);
        Assert.Equal([new ConfusedPair(2, 0, 3, 0.3), new ConfusedPair(0, 1, 1, 1 / 6.0), new ConfusedPair(2, 1, 1, 0.1)], ConfusedPair.Of(matrix));
    }
}
