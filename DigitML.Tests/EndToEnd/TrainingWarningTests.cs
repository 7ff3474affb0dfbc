using DigitML.Engine.Datasets;
using DigitML.Experiments.Runs;

namespace DigitML.Tests.EndToEnd;

public class TrainingWarningTests
{
    private static readonly LabelMap Labels = new(["a", "b", "c", "d"]);

    private static readonly DigitDataset Rows = new("rows", 1, 1, new byte[8], [0, 1, 1, 1, 2, 2, 3, 3], Labels);

    [Theory]
    [InlineData(1.2, 0.376, null)]
    [InlineData(9.0, 0.376, null)]
    [InlineData(1.2, 0.375, "Warning: the validation accuracy, 0.3750, is no better than answering \"b\" for every row; use a lower --learning-rate or more --epochs.")]
    [InlineData(9.0, 0.25, "Warning: the validation accuracy, 0.2500, is no better than answering \"b\" for every row, and the training loss ended at 9.00, where guessing gives 1.39; use a lower --learning-rate.")]
    [InlineData(2.7, null, null)]
    [InlineData(2.8, null, "Warning: the training loss ended at 2.80, where guessing gives 1.39: training diverged; use a lower --learning-rate.")]
    public void A_network_that_learned_nothing_is_told_with_the_way_out(double loss, double? accuracy, string? warning) =>
        Assert.Equal(warning, TrainingWarning.Of(loss, accuracy, new RunInputs(Labels, Rows, accuracy is null ? null : Rows, Test: null, BaseModel: null)));
}
