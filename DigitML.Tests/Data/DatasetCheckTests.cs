using DigitML.Data.Checks;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Data;

public sealed class DatasetCheckTests
{
    private static readonly LabelMap Labels = new(["a", "b"]);

    [Fact]
    public void Each_problem_is_found_with_the_row_that_it_is_compared_with()
    {
        DatasetCheck check = DatasetCheck.Of(Rows((0, 1, 2), (1, 3, 4), (1, 1, 2), (0, 0, 0), (0, 1, 2), (0, 9, 9)), Rows((0, 5, 6), (0, 3, 4)));

        Assert.Equal(
            [
                new RowProblem(RowProblemKind.OtherLabel, 2, 0), new RowProblem(RowProblemKind.TestRowInTraining, 1, 1), new RowProblem(RowProblemKind.EmptyPicture, 3),
                new RowProblem(RowProblemKind.EmptyPicture, 5), new RowProblem(RowProblemKind.Duplicate, 4, 0),
            ],
            check.Problems);
        Assert.Equal(
            [
                "1 row with the picture of an earlier row, but another label", "1 test row of 2 is among the training rows", "2 empty pictures", "1 row with picture and label of an earlier row",
            ],
            check.Notes());
    }

    [Fact]
    public void The_same_file_twice_is_told() => Assert.Equal(
        ["all 2 test rows are among the training rows, so the test says nothing about new digits"], DatasetCheck.Of(Rows((0, 1, 2), (1, 3, 4)), Rows((0, 1, 2), (1, 3, 4))).Notes());

    [Fact]
    public void Rows_that_are_right_have_no_notes() => Assert.Empty(DatasetCheck.Of(Rows((0, 1, 2), (1, 3, 4)), Rows((0, 5, 6))).Notes());

    private static DigitDataset Rows(params (int Label, byte First, byte Second)[] rows) =>
        new("rows", 1, 2, [.. rows.SelectMany(row => new[] { row.First, row.Second })], [.. rows.Select(row => row.Label)], Labels);
}
