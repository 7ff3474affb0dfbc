using DigitML.Engine.Datasets;
using DigitML.Model.Files;

namespace DigitML.Data.Checks;

/// <summary>Looks for rows that may be wrong: empty and repeated pictures, equal pictures with different labels, test rows that are training rows.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Test">The test rows; null for none.</param>
/// <param name="Problems">What was found: by kind, then by row.</param>
public sealed record DatasetCheck(DigitDataset Rows, DigitDataset? Test, IReadOnlyList<RowProblem> Problems)
{
    /// <summary>Checks rows.</summary>
    /// <param name="rows">The rows to train on.</param>
    /// <param name="test">The rows to test on, with images of the same size; null for none.</param>
    public static DatasetCheck Of(DigitDataset rows, DigitDataset? test = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var problems = new List<RowProblem>();
        var pictures = new EqualPictures(rows);
        for (int row = 0; row < rows.Count; row++)
        {
            if (IsEmpty(rows.Image(row))) problems.Add(new RowProblem(RowProblemKind.EmptyPicture, row));
            else if (pictures.FindOrAdd(row) is >= 0 and int other) problems.Add(new RowProblem(rows.Labels[row] == rows.Labels[other] ? RowProblemKind.Duplicate : RowProblemKind.OtherLabel, row, other));
        }

        for (int row = 0; row < test?.Count; row++)
        {
            if (pictures.Find(test.Image(row)) is >= 0 and int other) problems.Add(new RowProblem(RowProblemKind.TestRowInTraining, row, other));
        }

        return new DatasetCheck(rows, test, [.. problems.OrderBy(problem => problem.Kind)]);
    }

    /// <summary>Number of problems of a kind.</summary>
    public int Count(RowProblemKind kind) => Problems.Count(problem => problem.Kind == kind);

    /// <summary>What was found, as notes of one line each; none if nothing was.</summary>
    public IEnumerable<string> Notes()
    {
        int different = Count(RowProblemKind.OtherLabel), leaked = Count(RowProblemKind.TestRowInTraining), empty = Count(RowProblemKind.EmptyPicture), repeated = Count(RowProblemKind.Duplicate);
        if (different > 0) yield return $"{DisplayText.Count(different, "row")} with the picture of an earlier row, but another label";
        if (leaked > 0 && leaked == Test!.Count) yield return $"all {DisplayText.Count(leaked, "test row")} {(leaked == 1 ? "is" : "are")} among the training rows, so the test says nothing about new digits";
        else if (leaked > 0) yield return $"{DisplayText.Count(leaked, "test row")} of {Test!.Count:N0} {(leaked == 1 ? "is" : "are")} among the training rows";
        if (empty > 0) yield return $"{DisplayText.Count(empty, "empty picture")}";
        if (repeated > 0) yield return $"{DisplayText.Count(repeated, "row")} with picture and label of an earlier row";
    }

    private static bool IsEmpty(ReadOnlySpan<byte> image) => !image.ContainsAnyExcept(image[0]);
}
