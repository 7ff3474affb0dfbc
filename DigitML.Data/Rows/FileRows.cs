using DigitML.Data.Layouts;

namespace DigitML.Data.Rows;

/// <summary>The rows of a file as they are written there, before the size of the images, their range and the labels are settled.</summary>
internal sealed record FileRows
{
    /// <summary>The file, for messages.</summary>
    public required string Path { get; init; }

    /// <summary>The name of the format: "CSV", "IDX.gz".</summary>
    public required string Format { get; init; }

    /// <summary>The values of all images.</summary>
    public required PixelStore Pixels { get; init; }

    /// <summary>How the values make an image, if the file says so.</summary>
    public ImageShape? Shape { get; init; }

    /// <summary>The labels; null if the file has none.</summary>
    public LabelTexts? Labels { get; init; }

    /// <summary>Where the labels are, for the user: <c>column 785 "class"</c>.</summary>
    public string? LabelPlace { get; init; }

    /// <summary>The name of the labels in messages about a row.</summary>
    public string LabelName { get; init; } = "label";

    /// <summary>What to do where labels are needed and the file has none.</summary>
    public string LabelAdvice { get; init; } = "add a column named label, or say which it is with --label-column";

    /// <summary>The ids of the rows; null if the file has none.</summary>
    public RowIds? Ids { get; init; }

    /// <summary>Where the ids are, for the user; null for a column of their name.</summary>
    public string? IdPlace { get; init; }

    /// <summary>What was left out: <c>column 1 (row numbers)</c>.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>What else was decided that the user may not expect.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Where a row is, for messages: <c>train.csv:17</c>.</summary>
    public required Func<int, string> PlaceOf { get; init; }

    /// <summary>The name of a value of a row, for messages: <c>pixel412</c>.</summary>
    public Func<int, string> NameOf { get; init; } = static pixel => $"pixel{pixel}";
}

/// <summary>The ids of rows, which a submission repeats.</summary>
/// <param name="Name">The name of their column.</param>
/// <param name="Values">One per row.</param>
public sealed record RowIds(string Name, IReadOnlyList<string> Values);
