using System.Text.RegularExpressions;

namespace DigitML.Training.Terminals;

/// <summary>An error message as the console prints it: one line of at most 300 characters. If it is longer, its longest values and words are shortened first.</summary>
internal static partial class ErrorText
{
    private const int LongestMessage = 300, LongestWord = 60, Start = 40, End = 12;

    internal static string Of(string message)
    {
        string line = string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        if (line.Length <= LongestMessage) return line;
        foreach (string word in Words().Matches(line).Select(match => match.Value).Where(word => word.Length > LongestWord).OrderByDescending(word => word.Length))
        {
            line = line.Replace(word, $"{word[..Start]}...{word[^End..]}", StringComparison.Ordinal);
            if (line.Length <= LongestMessage) return line;
        }

        return line.Length <= LongestMessage ? line : $"{line[..(LongestMessage - 4)]} ...";
    }

    // A quoted value counts as one word.
    [GeneratedRegex("\"[^\"]*\"|[^\\s\"]+")]
    private static partial Regex Words();
}
