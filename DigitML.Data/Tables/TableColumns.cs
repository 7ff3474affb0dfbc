using DigitML.Data.Layouts;

namespace DigitML.Data.Tables;

/// <summary>What the columns of a table hold.</summary>
internal sealed record TableColumns
{
    /// <summary>True if the first row names the columns.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>The name of each column, for messages.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Number of empty columns at the end, which rows need not have.</summary>
    public int Trailing { get; init; }

    /// <summary>The column of the labels, or −1.</summary>
    public int Label { get; init; } = -1;

    /// <summary>The columns of one-hot labels, one per class; none if the labels are in one column.</summary>
    public IReadOnlyList<int> OneHot { get; init; } = [];

    /// <summary>The column of the ids, or −1.</summary>
    public int Id { get; init; } = -1;

    /// <summary>The column of each pixel.</summary>
    public IReadOnlyList<int> Pixels { get; init; } = [];

    /// <summary>The column whose cells hold all pixels of an image, or −1.</summary>
    public int PixelCell { get; init; } = -1;

    /// <summary>How the pixels make an image, if the names say so.</summary>
    public ImageShape? Shape { get; init; }

    /// <summary>What is left out, for the user.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>True if rows have labels.</summary>
    public bool HasLabels => Label >= 0 || OneHot.Count > 0;

    /// <summary>A column for the user: <c>column 785 "class"</c>.</summary>
    public string Describe(int column) => Describe(column, HasHeader ? Names[column] : "");

    /// <summary>A column for the user: its number, and its name if it has one.</summary>
    public static string Describe(int column, string name) =>
        name.Length == 0 ? $"column {column + 1}" : $"column {column + 1} {Model.Files.DisplayText.Value(name)}";
}
