using System.Globalization;
using DigitML.Data.Rows;

namespace DigitML.Data.Predictions;

/// <summary>The columns of ids and labels in a submission: those of the file that it answers, as <c>id,label</c>; <c>ImageId,Label</c> from 1 where that has no ids.</summary>
/// <param name="ids">The ids of the file; null if it has none.</param>
internal sealed class SubmissionColumns(RowIds? ids)
{
    /// <summary>The header of the ids.</summary>
    public string IdName => ids?.Name ?? "ImageId";

    /// <summary>The header of the labels, in the letters of that of the ids.</summary>
    public string LabelName => char.IsLower(IdName[0]) ? "label" : "Label";

    /// <summary>The id of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    public string Id(int row) => ids?.Values[row] ?? (row + 1).ToString(CultureInfo.InvariantCulture);
}
