using DigitML.Engine.Datasets;

namespace DigitML.Data;

/// <summary>Requirements on a data file. The defaults accept any rows.</summary>
public sealed record DigitFileOptions
{
    /// <summary>The allowed labels: those of a model or of the training rows. Null for the file's own labels.</summary>
    public LabelMap? LabelMap { get; init; }

    /// <summary>With a <see cref="LabelMap"/>: true to drop and count rows with other labels; false to treat them as an error.</summary>
    public bool DropUnknownLabels { get; init; }

    /// <summary>True if a file without labels is an error.</summary>
    public bool RequireLabels { get; init; }

    /// <summary>Required height and width of the images in pixels; another size is an error, reported before the rows are read. Null accepts any size.</summary>
    public int? ImageSide { get; init; }

    /// <summary>Cancels the read at the next row.</summary>
    public CancellationToken Cancellation { get; init; }
}
