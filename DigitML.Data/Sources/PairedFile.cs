using System.Text.RegularExpressions;

namespace DigitML.Data.Sources;

/// <summary>
/// Finds the other name where pixels and labels are apart: <c>train-images-idx3-ubyte</c> and <c>train-labels-idx1-ubyte</c>, <c>x_train.npy</c> and
/// <c>y_train.npy</c>.
/// </summary>
internal static partial class PairedFile
{
    /// <summary>The name of the labels of a file of pixels, among those beside it; null if there is none.</summary>
    public static string? Labels(string name, IReadOnlyList<string> names) => Find(name, names, PixelsPattern(), LabelsPattern());

    /// <summary>The name of the pixels of a file of labels, among those beside it; null if there is none.</summary>
    public static string? Images(string name, IReadOnlyList<string> names) => Find(name, names, LabelsPattern(), PixelsPattern());

    private static string? Find(string name, IReadOnlyList<string> names, Regex word, Regex otherWord)
    {
        if (Key(name, word) is not { } key) return null;
        string[] found = [.. names.Where(other => other != name && Key(other, otherWord) == key).Order(StringComparer.Ordinal)];
        return Array.Find(found, other => IsGzip(other) == IsGzip(name)) ?? found.FirstOrDefault();
    }

    private static bool IsGzip(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    // The name without what may differ: the word itself, sizes, types and endings.
    private static string? Key(string name, Regex word)
    {
        string lower = name.ToLowerInvariant();
        return word.IsMatch(lower) ? VaryingPattern().Replace(word.Replace(lower, "@", 1), "") : null;
    }

    [GeneratedRegex("images?|imgs?|pixels|(?<![a-z])(x|data)(?![a-z0-9])")]
    private static partial Regex PixelsPattern();

    [GeneratedRegex("labels?|lbls?|targets?|(?<![a-z])y(?![a-z])")]
    private static partial Regex LabelsPattern();

    [GeneratedRegex(@"\d+k?\s*x\s*\d+|idx\d|ubyte|int|float|\.gz|\.csv|\.txt|\.npy|\.npz|[-_. ]")]
    private static partial Regex VaryingPattern();
}
