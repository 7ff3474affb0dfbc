using DigitML.Engine.Datasets;

namespace DigitML.Data;

/// <summary>What the reader of a data file expects. The defaults read any file and take what it holds.</summary>
internal sealed record DigitFileOptions
{
    /// <summary>The labels that may appear, those of a model or of the training rows; null takes the labels of the file itself.</summary>
    public LabelMap? LabelMap { get; init; }

    /// <summary>With a <see cref="LabelMap"/>: leave rows of other labels out and count them, where they are an error otherwise.</summary>
    public bool DropUnknownLabels { get; init; }

    /// <summary>A file without labels is an error.</summary>
    public bool RequireLabels { get; init; }
}
