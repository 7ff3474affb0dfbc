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

    /// <summary>Where the labels are, for the user; null for none.</summary>
    public string? LabelPlace => OneHot.Count > 0 ? $"columns {OneHot[0] + 1} to {OneHot[^1] + 1}, one-hot" : Label >= 0 ? Describe(Label) : null;

    /// <summary>What one-hot labels are, for messages.</summary>
    public string HotRule => $"columns {OneHot[0] + 1} to {OneHot[^1] + 1} hold one-hot labels: one of them is 1 and the others are 0; correct the row.";

    /// <summary>The class of a row with one-hot labels; null if they are none.</summary>
    /// <param name="value">The value of the i-th of those columns; any other than 0 and 1 for none.</param>
    public string? HotClass(Func<int, double> value)
    {
        int hot = -1;
        for (int i = 0; i < OneHot.Count; i++)
        {
            double one = value(i);
            if (one == 1 && hot < 0) hot = i;
            else if (one != 0) return null;
        }

        return hot < 0 ? null : HotNames[hot];
    }

    // label_0, ..., label_9 stand for 0 to 9; columns without names count from 0.
    private string[] HotNames => hotNames ??= [.. OneHot.Select((column, i) =>
        HasHeader && Names[column].LastIndexOfAny(['_', '-', '.', ' ']) is >= 0 and int cut && cut < Names[column].Length - 1
            ? Names[column][(cut + 1)..] : i.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    private string[]? hotNames;

    /// <summary>A column for the user: <c>column 785 "class"</c>.</summary>
    public string Describe(int column) => Describe(column, HasHeader ? Names[column] : "");

    /// <summary>A column for the user: its number, and its name if it has one.</summary>
    public static string Describe(int column, string name) =>
        name.Length == 0 ? $"column {column + 1}" : $"column {column + 1} {Model.Files.DisplayText.Value(name)}";
}
