using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Evaluation;
using Microsoft.ML.Data;

namespace DigitML.Tests.Evaluation;

/// <summary>ML.NET's metrics of an evaluation, by examples worked by hand.</summary>
public class MulticlassMetricsTests
{
    private static readonly LabelMap Abc = new(["a", "b", "c"]);

    // Six rows, worked by hand:          a      b      c     true  rank  p
    private static readonly float[] Scores =
    [
        0.5f, 0.25f, 0.25f, //                              a     0     0.5
        0.25f, 0.5f, 0.25f, //                              a     1     0.25
        0.5f, 0.25f, 0.25f, //                              a     0     0.5
        0.125f, 0.75f, 0.125f, //                           b     0     0.75
        0.5f, 0.25f, 0.25f, //                              c     2     0.25 (below a; ties with b, which is lower)
        0.25f, 0.25f, 0.5f, //                              b     2     0.25 (below c; ties with a, which is lower)
    ];

    private static readonly int[] Labels = [0, 0, 0, 1, 2, 1];

    private static readonly EvaluationResult Evaluation = Matrices.Evaluate(Scores, Labels, Abc);

    private static MulticlassClassificationMetrics Metrics => Evaluation.Metrics;

    [Fact]
    public void Micro_accuracy_is_the_share_of_correct_rows() => Assert.Equal(3.0 / 6, Metrics.MicroAccuracy, 15);

    [Fact]
    public void Macro_accuracy_is_the_mean_of_the_classes() => Assert.Equal((2.0 / 3 + 1.0 / 2 + 0) / 3, Metrics.MacroAccuracy, 15);

    [Fact]
    public void Log_loss_is_the_mean_of_minus_ln_p() =>
        Assert.Equal((2 * Math.Log(2) + 3 * Math.Log(4) - Math.Log(0.75)) / 6, Metrics.LogLoss, 15);

    [Fact]
    public void Log_loss_reduction_compares_with_the_entropy_of_the_classes()
    {
        double entropy = Math.Log(2) / 2 + Math.Log(3) / 3 + Math.Log(6) / 6;

        Assert.Equal((entropy - Metrics.LogLoss) / entropy, Metrics.LogLossReduction, 14);
    }

    [Fact]
    public void Per_class_log_loss_is_the_mean_over_the_rows_of_the_class()
    {
        Assert.Equal((2 * Math.Log(2) + Math.Log(4)) / 3, Metrics.PerClassLogLoss[0], 15);
        Assert.Equal((Math.Log(4) - Math.Log(0.75)) / 2, Metrics.PerClassLogLoss[1], 15);
        Assert.Equal(Math.Log(4), Metrics.PerClassLogLoss[2], 15);
    }

    [Fact]
    public void Top_k_accuracy_counts_rows_whose_rank_is_below_k()
    {
        Assert.Equal([3.0 / 6, 4.0 / 6, 6.0 / 6], Metrics.TopKAccuracyForAllK);
        Assert.Equal((1.0, 3), (Metrics.TopKAccuracy, Metrics.TopKPredictionCount));
        MulticlassClassificationMetrics two = Matrices.Evaluate(Scores, Labels, Abc, topKPredictionCount: 2).Metrics;
        Assert.Equal((4.0 / 6, 2), (two.TopKAccuracy, two.TopKPredictionCount));
        Assert.Equal(3, Matrices.Evaluate(Scores, Labels, Abc, topKPredictionCount: 5).Metrics.TopKPredictionCount);
    }

    [Fact]
    public void The_confusion_matrix_counts_actual_by_predicted()
    {
        Assert.Equal([[2, 1, 0], [0, 1, 1], [1, 0, 0]], Evaluation.Confusion.Counts);
        Assert.Equal([2.0 / 3, 1.0 / 2, 0], Metrics.ConfusionMatrix.PerClassPrecision);
        Assert.Equal([2.0 / 3, 1.0 / 2, 0], Metrics.ConfusionMatrix.PerClassRecall);
        Assert.Equal([3, 2, 1], Evaluation.Confusion.PerClassSupport);
    }

    [Fact]
    public void Of_equal_scores_the_lower_key_wins()
    {
        MulticlassClassificationMetrics metrics = Matrices.Evaluate([0.5f, 0.5f, 0, 0.5f, 0.5f, 0], [0, 1], Abc).Metrics;

        Assert.Equal(0.5, metrics.MicroAccuracy);
        Assert.Equal([[1, 0, 0], [1, 0, 0], [0, 0, 0]], metrics.ConfusionMatrix.Counts);
        Assert.Equal([0.5, 1, 1], metrics.TopKAccuracyForAllK);
    }

    [Fact]
    public void A_class_without_rows_counts_neither_in_macro_accuracy_nor_in_the_entropy()
    {
        MulticlassClassificationMetrics metrics = Matrices.Evaluate([0.75f, 0, 0.25f, 0.25f, 0, 0.75f], [0, 2], Abc).Metrics;

        Assert.Equal(1, metrics.MacroAccuracy);
        Assert.Equal(0, metrics.PerClassLogLoss[1]);
        Assert.Equal((Math.Log(2) + Math.Log(0.75)) / Math.Log(2), metrics.LogLossReduction, 14);
        Assert.Equal((0.0, 0.0), (metrics.ConfusionMatrix.PerClassPrecision[1], metrics.ConfusionMatrix.PerClassRecall[1]));
    }

    [Fact]
    public void A_score_of_zero_costs_as_much_as_1e_minus_15_and_a_score_above_one_costs_nothing()
    {
        Assert.Equal(-Math.Log(1e-15f), Matrices.Evaluate([0, 1, 0], [0], Abc).Metrics.LogLoss, 15);
        Assert.Equal(0, Matrices.Evaluate([1.5f, 0, 0], [0], Abc).Metrics.LogLoss);
    }

    [Fact]
    public void Rows_of_one_class_have_no_entropy_to_reduce()
    {
        Assert.Equal(double.PositiveInfinity, Matrices.Evaluate([0.5f, 0.5f, 0], [0], Abc).Metrics.LogLossReduction);
        Assert.Equal(double.NaN, Matrices.Evaluate([1, 0, 0], [0], Abc).Metrics.LogLossReduction);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_score_that_is_no_finite_number_is_refused(float score)
    {
        var failure = Assert.Throws<DigitMLException>(() => Matrices.Evaluate([1, 0, 0, 0, score, 0], [0, 1], Abc));

        Assert.Equal("Row 2 has a score that is not a finite number, so this model is unusable: train it again with a lower learning rate.", failure.Message);
    }
}
