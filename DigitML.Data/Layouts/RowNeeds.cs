using DigitML.Engine.Datasets;

namespace DigitML.Data.Layouts;

/// <summary>What rows are read for. It settles what a file alone leaves in doubt.</summary>
/// <param name="Labels">The labels of the model or of the training rows; null if not known.</param>
/// <param name="AreLabelsNeeded">True if every row needs a label.</param>
/// <param name="Height">Rows of the images that are needed; null for any.</param>
/// <param name="Width">Columns of the images that are needed; null for any.</param>
/// <param name="Range">The range that the model's training rows had; null if not known.</param>
/// <param name="Cancellation">Cancels the read at the next row.</param>
internal sealed record RowNeeds(
    LabelMap? Labels = null, bool AreLabelsNeeded = false, int? Height = null, int? Width = null, PixelRange? Range = null, CancellationToken Cancellation = default)
{
    /// <summary>The size that pictures get which are of other sizes, where none is needed; null for 28x28.</summary>
    public (int Height, int Width)? UsualSize { get; init; }
}
