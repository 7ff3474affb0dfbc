namespace DigitML.Data.Layouts;

/// <summary>How a data file is laid out, as far as it is said; what is not said is found in the file, and refused where that leaves doubt.</summary>
public sealed record FileLayout
{
    /// <summary>Everything is found in the file.</summary>
    public static FileLayout Found { get; } = new();

    /// <summary>The column of the labels: its name, its number from 1, "first" or "last"; "none" for rows without labels, null to find it.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Columns that are neither label nor pixels, named like <see cref="LabelColumn"/>; null for none but those that are found.</summary>
    public IReadOnlyList<string>? IgnoredColumns { get; init; }

    /// <summary>The column of the row ids, which submissions repeat; null to find it.</summary>
    public string? IdColumn { get; init; }

    /// <summary>True if the first row names the columns, false if it is data; null to find out.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The values of background and ink; null to find them.</summary>
    public PixelRange? PixelScale { get; init; }

    /// <summary>True for dark ink on light paper, false for bright ink on dark; null to find out.</summary>
    public bool? Invert { get; init; }

    /// <summary>True if the pixels of an image stand column by column, as in EMNIST; null or false for row by row.</summary>
    public bool? Transpose { get; init; }

    /// <summary>Rows of an image; null to find them.</summary>
    public int? Height { get; init; }

    /// <summary>Columns of an image; null to find them.</summary>
    public int? Width { get; init; }

    /// <summary>1 for grey, 3 for red, green, blue, 4 with opacity; null to find them.</summary>
    public int? Channels { get; init; }

    /// <summary>True if all values of a channel stand together, as in CIFAR; false if the channels of a pixel do; null to find out.</summary>
    public bool? Planar { get; init; }

    /// <summary>True to take labels as they are written: "5" and "05" are two classes then; null or false to take them as one.</summary>
    public bool? LabelsAsText { get; init; }

    /// <summary>Names for labels; a label that is not among them is an error. Null to take labels as they are.</summary>
    public IReadOnlyDictionary<string, string>? LabelNames { get; init; }

    /// <summary>The file that <see cref="LabelNames"/> are from, for commands that read the data again; null for none.</summary>
    public string? LabelNamesFile { get; init; }

    /// <summary>The name of the text's encoding, such as <c>windows-1252</c>; null for UTF-8, or UTF-16 where the file begins so.</summary>
    public string? Encoding { get; init; }
}
