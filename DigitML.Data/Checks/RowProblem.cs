namespace DigitML.Data.Checks;

/// <summary>What may be wrong with a row.</summary>
public enum RowProblemKind
{
    /// <summary>Its picture is the same as that of an earlier row with another label.</summary>
    OtherLabel,

    /// <summary>A test row whose picture is also a training row's.</summary>
    TestRowInTraining,

    /// <summary>All its pixels have one value.</summary>
    EmptyPicture,

    /// <summary>Its picture and its label are those of an earlier row.</summary>
    Duplicate,
}

/// <summary>A row that may be wrong.</summary>
/// <param name="Kind">What may be wrong.</param>
/// <param name="Row">The row, from 0; of the test rows for <see cref="RowProblemKind.TestRowInTraining"/>.</param>
/// <param name="OtherRow">The row that it is compared with, from 0; null for none.</param>
public sealed record RowProblem(RowProblemKind Kind, int Row, int? OtherRow = null);
