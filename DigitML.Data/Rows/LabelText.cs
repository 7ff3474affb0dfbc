using System.Globalization;
using System.Text;

namespace DigitML.Data.Rows;

/// <summary>The label that a text stands for: <c>5</c>, <c>5.0</c>, <c>05</c>, <c>5.000e+00</c>, <c>'5'</c> and <c> 5</c> are one.</summary>
internal static class LabelText
{
    private const double LargestWhole = 1L << 53;

    private static readonly HashSet<string> Missing = new(["nan", "na", "n/a", "<na>", "#n/a", "null", "none", "nil", "?", "-nan", "nat"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The label; null if the text says that there is none.</summary>
    /// <param name="text">As it is written in the file.</param>
    /// <param name="isText">True to keep it as it is written, and to take only an empty text for a missing label.</param>
    public static string? Of(string text, bool isText)
    {
        string label = Visible(text);
        if (isText) return label.Length == 0 ? null : label;
        label = Unquoted(label.Trim());
        if (label.Length == 0 || Missing.Contains(label)) return null;
        return Whole(label) ?? label;
    }

    /// <summary>The digits of a whole number, however it is written; null for any other text.</summary>
    public static string? Whole(ReadOnlySpan<char> text)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(text, style, CultureInfo.InvariantCulture, out double value)) return null;
        bool isWhole = Math.Abs(value) < LargestWhole && value == Math.Floor(value);
        return isWhole ? ((long)value).ToString(CultureInfo.InvariantCulture) : null;
    }

    // Joiners stay inside a word, where some scripts need them.
    private static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var visible = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            bool isJoiner = letter is '\u200C' or '\u200D' && i > 0 && i < text.Length - 1;
            if (isJoiner || letter == '\t' || !char.IsControl(letter) && char.GetUnicodeCategory(letter) != UnicodeCategory.Format) visible.Append(letter);
        }

        return visible.ToString();
    }

    private static string Unquoted(string label) =>
        label is ['\'', .., '\''] or ['"', .., '"'] or ['\u2018', .., '\u2019'] or ['\u201C', .., '\u201D'] && label.Length > 2 ? label[1..^1].Trim() : label;
}
