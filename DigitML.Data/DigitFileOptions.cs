using DigitML.Data.Layouts;
using DigitML.Engine.Datasets;

namespace DigitML.Data;

/// <summary>Requirements on a data file. The defaults accept any rows.</summary>
public sealed record DigitFileOptions
{
    /// <summary>How the file is laid out, as far as that is to be said; the rest is found.</summary>
    public FileLayout Layout { get; init; } = FileLayout.Found;

    /// <summary>The file of the labels, where they are not beside the pixels; null to find it by its name, as with MNIST's original files.</summary>
    public string? LabelsFile { get; init; }

    /// <summary>The part of a file or a folder that holds several, as Keras' mnist.npz or a folder with folders "train" and "test": "train" or "test".</summary>
    public string Part { get; init; } = "train";

    /// <summary>The allowed labels: those of a model or of the training rows. Null for the file's own labels.</summary>
    public LabelMap? LabelMap { get; init; }

    /// <summary>With a <see cref="LabelMap"/>: true to drop and count rows with other labels; false to treat them as an error.</summary>
    public bool DropUnknownLabels { get; init; }

    /// <summary>True to read the rows without their labels, as for predictions; a <see cref="LabelMap"/> then only helps to tell labels from pixels.</summary>
    public bool IgnoreLabels { get; init; }

    /// <summary>True if a file without labels, or a row without one, is an error.</summary>
    public bool RequireLabels { get; init; }

    /// <summary>Required height of the images in pixels; another size is an error. Null accepts any size.</summary>
    public int? ImageHeight { get; init; }

    /// <summary>Required width of the images in pixels; another size is an error. Null accepts any size.</summary>
    public int? ImageWidth { get; init; }

    /// <summary>The range that the model's training rows had. It settles the range of files whose values leave doubt.</summary>
    public PixelRange? TrainingRange { get; init; }

    /// <summary>Cancels the read at the next row.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The size that pictures of several sizes get, where no size is required: that of the training rows. Null for 28x28.</summary>
    internal (int Height, int Width)? UsualSize { get; init; }

    /// <summary>True for a file by itself: none beside it is looked for, and an archive is refused, which may unpack to any size.</summary>
    internal bool IsAlone { get; init; }

    internal RowNeeds Needs => new(LabelMap, RequireLabels, ImageHeight, ImageWidth, TrainingRange, Cancellation) { UsualSize = UsualSize };
}
