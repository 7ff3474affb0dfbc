using DigitML.Engine.Datasets;

namespace DigitML.Data;

/// <summary>Requirements on a data file. The defaults accept any rows.</summary>
public sealed record DigitFileOptions
{
    /// <summary>The labels that may appear: those of a model, or of the training rows. Null takes the labels of the file itself.</summary>
    public LabelMap? LabelMap { get; init; }

    /// <summary>With a <see cref="LabelMap"/>: whether rows with other labels are left out and counted rather than an error.</summary>
    public bool DropUnknownLabels { get; init; }

    /// <summary>True if a file without labels is an error.</summary>
    public bool RequireLabels { get; init; }

    /// <summary>The side of the square images that are wanted; images of another size are an error, found before the rows are read. Null takes any size.</summary>
    public int? ImageSide { get; init; }

    /// <summary>Ends the reading, at the next row.</summary>
    public CancellationToken Cancellation { get; init; }
}
