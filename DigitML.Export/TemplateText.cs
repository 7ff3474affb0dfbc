using System.Text.RegularExpressions;

namespace DigitML.Export;

/// <summary>Text with places for words: <c>{{word}}</c>, and lines between <c>{{if word}}</c> and <c>{{end}}</c> that stay only where the word is there.</summary>
internal static partial class TemplateText
{
    /// <summary>Puts the words into their places, in one pass: the value of a word is never expanded again.</summary>
    /// <param name="template">The text.</param>
    /// <param name="words">The words.</param>
    /// <exception cref="KeyNotFoundException">A place has no word.</exception>
    internal static string Fill(string template, IReadOnlyDictionary<string, string> words)
    {
        string kept = Part().Replace(template, part => words.ContainsKey(part.Groups["word"].Value) ? part.Groups["lines"].Value : "");
        return Place().Replace(kept, place => words[place.Groups["word"].Value]);
    }

    // Parts are not nested. Line ends are those of the template.
    [GeneratedRegex(@"^\{\{if (?<word>\w+)\}\}\r?\n(?<lines>.*?)^\{\{end\}\}\r?\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Part();

    [GeneratedRegex(@"\{\{(?<word>\w+)\}\}")]
    private static partial Regex Place();
}
