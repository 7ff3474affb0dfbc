using DigitML.Data;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Evaluation;

public class EvaluationResultTests
{
    private static readonly float[] Scores = [0.75f, 0.25f, 0.5f, 0.5f, 0, 1];

    [Fact]
    public void Rows_without_a_label_are_counted_and_left_out()
    {
        EvaluationResult result = EvaluationResult.Of(FileOf([0, DigitDataset.NoLabel, 1], droppedRows: 4), Scores, elapsedSeconds: 1.5);

        Assert.Equal((2, 5, 1.5), (result.RowCount, result.DroppedRows, result.ElapsedSeconds));
        Assert.Equal([0, 2], result.Rows);
        Assert.Equal([0.75f, 0.25f, 0, 1], result.Scores);
        Assert.Equal([0, 1], result.Labels);
        Assert.Equal([0, 1], result.Predicted);
        Assert.Equal(1, result.Metrics.MicroAccuracy);
    }

    [Fact]
    public void All_labelled_rows_are_evaluated()
    {
        EvaluationResult result = EvaluationResult.Of(FileOf([0, 1, 0], droppedRows: 0), Scores, elapsedSeconds: 0, topKPredictionCount: 2);

        Assert.Equal((3, 0, 2), (result.RowCount, result.DroppedRows, result.Metrics.TopKPredictionCount));
        Assert.Same(Scores, result.Scores);
        Assert.Equal([0, 0, 1], result.Predicted);
        Assert.Equal(1.0 / 3, result.Metrics.MicroAccuracy);
        Assert.Equal(("three.csv", 64), (result.DatasetName, result.DatasetChecksum.Length));
    }

    [Fact]
    public void Data_without_any_label_is_told()
    {
        var failure = Assert.Throws<DigitMLException>(() => EvaluationResult.Of(FileOf([-1, -1, -1], droppedRows: 0), Scores, elapsedSeconds: 0));

        Assert.Equal("three.csv has no labelled rows, which evaluation needs; add a column named label.", failure.Message);
    }

    private static DigitFile FileOf(int[] labels, int droppedRows) =>
        new(new DigitDataset("three.csv", 1, 1, [1, 2, 3], labels, new LabelMap(["a", "b"])), "CSV", droppedRows);
}
