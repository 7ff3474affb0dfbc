namespace DigitML.Data;

/// <summary>How input appears in a message: on one line, of bearable length.</summary>
internal static class Shown
{
    private const int LongestValue = 40, MostLabels = 12;

    /// <summary>A value in quotes, without control characters, cut after 40 characters.</summary>
    public static string Value(string value)
    {
        string cut = value.Length > LongestValue ? value[..LongestValue] + "..." : value;
        return $"\"{string.Concat(cut.Select(character => char.IsControl(character) ? '?' : character))}\"";
    }

    /// <summary>The first labels, with commas.</summary>
    public static string Few(IReadOnlyList<string> labels) =>
        string.Join(", ", labels.Take(MostLabels)) + (labels.Count > MostLabels ? ", ..." : "");
}
