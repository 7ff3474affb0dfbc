using System.Globalization;
using DigitML.Engine;

namespace DigitML.Model.Files;

/// <summary>Formats text from a file or a user for a message: on one line, of limited length, without control characters.</summary>
internal static class DisplayText
{
    private const int LongestMessage = 300, LongestValue = 40, MostLabels = 12;

    /// <summary>A value in quotes, without control characters, cut after 40 characters.</summary>
    internal static string Value(string value)
    {
        string cut = value.Length > LongestValue ? value[..LongestValue] + "..." : value;
        return $"\"{Visible(cut)}\"";
    }

    /// <summary>The same without quotes.</summary>
    internal static string Shown(string value) => Value(value)[1..^1];

    /// <summary>A number of things: "1 row", "2,000 rows".</summary>
    internal static string Count(long count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>The first labels, separated by commas.</summary>
    internal static string Few(IReadOnlyList<string> labels) =>
        string.Join(", ", labels.Take(MostLabels)) + (labels.Count > MostLabels ? ", ..." : "");

    /// <summary>Runs a reader; if it fails, the message is cut to one line of at most 300 characters, whatever names from the file it quotes.</summary>
    internal static T OneLine<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DigitMLException failure) when (failure.Message.Length > LongestMessage || failure.Message.Any(IsInvisible))
        {
            string line = Visible(failure.Message);
            throw new DigitMLException(line.Length > LongestMessage ? $"{line[..(LongestMessage - 4)]} ..." : line, failure);
        }
    }

    private static string Visible(string text) => string.Concat(text.Select(letter => IsInvisible(letter) ? '?' : letter));

    private static bool IsInvisible(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';
}
