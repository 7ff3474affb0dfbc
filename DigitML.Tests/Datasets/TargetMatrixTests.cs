using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Datasets;

public class TargetMatrixTests
{
    [Fact]
    public void A_row_is_its_values_and_later_changes_of_the_array_do_not_reach_it()
    {
        float[] values = [1, 0, 0.25f, 0.75f];
        var targets = new TargetMatrix(2, values);
        values[0] = 0;
        Assert.Equal((2, 2), (targets.Count, targets.ClassCount));
        Assert.Equal([1, 0], targets.Row(0).ToArray());
        Assert.Equal([0.25f, 0.75f, 1, 0], targets.Subset([1, 0]).Values.ToArray());
    }

    [Theory]
    [InlineData(new[] { 1, 0, 1.5f, -0.5f }, "The target of row 2 is -0.5 for class 2; a target is a probability from 0 to 1.")]
    [InlineData(new[] { float.NaN, 1 }, "The target of row 1 is NaN for class 1; a target is a probability from 0 to 1.")]
    [InlineData(new[] { 0, float.PositiveInfinity }, "The target of row 1 is Infinity for class 2; a target is a probability from 0 to 1.")]
    [InlineData(new[] { 1, 0, 0.5f, 0.4f }, "The targets of row 2 sum to 0.9; the targets of a row must sum to 1, so divide each by their sum.")]
    [InlineData(new[] { 0f, 0f }, "The targets of row 1 sum to 0; the targets of a row must sum to 1, so divide each by their sum.")]
    [InlineData(new[] { 0.5f, 0.5011f }, "The targets of row 1 sum to 1.0011; the targets of a row must sum to 1, so divide each by their sum.")]
    [InlineData(new[] { 1, 0, 1f }, "There are 3 target values, which is not a whole number of rows of 2 classes; give every row one value per class.")]
    public void Values_that_are_no_distribution_are_refused(float[] values, string message) =>
        Assert.Equal(message, Assert.Throws<DigitMLException>(() => new TargetMatrix(2, values)).Message);

    [Fact]
    public void Sums_that_are_1_but_for_rounding_are_taken() => Assert.Equal(3, new TargetMatrix(3, [0.333f, 0.333f, 0.3335f, 0.1f, 0.2f, 0.7f, 0, 1, 0]).Count);

    [Fact]
    public void One_hot_is_told_from_soft()
    {
        Assert.True(new TargetMatrix(2, [1, 0, 0, 1]).IsOneHotOf([0, 1]));
        Assert.False(new TargetMatrix(2, [1, 0, 0, 1]).IsOneHotOf([0, 0]));
        Assert.False(new TargetMatrix(2, [1, 0, 0.1f, 0.9f]).IsOneHotOf([0, 1]));
    }
}
