using System.Text.RegularExpressions;

namespace DigitML.Export;

/// <summary>Text with placeholders, <c>{{word}}</c>, and lines between <c>{{if word}}</c> and <c>{{end}}</c> that are kept only if the word has a value.</summary>
internal static partial class TemplateText
{
    /// <summary>Replaces the placeholders by the words' values, in one pass: a value is never expanded again.</summary>
    /// <param name="template">The text.</param>
    /// <param name="words">The words and their values.</param>
    /// <exception cref="KeyNotFoundException">A placeholder's word has no value.</exception>
    internal static string Fill(string template, IReadOnlyDictionary<string, string> words)
    {
        string kept = Part().Replace(template, part => words.ContainsKey(part.Groups["word"].Value) ? part.Groups["lines"].Value : "");
        return Place().Replace(kept, place => words[place.Groups["word"].Value]);
    }

    // Parts are not nested. Line endings are those of the template.
    [GeneratedRegex(@"^\{\{if (?<word>\w+)\}\}\r?\n(?<lines>.*?)^\{\{end\}\}\r?\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Part();

    [GeneratedRegex(@"\{\{(?<word>\w+)\}\}")]
    private static partial Regex Place();
}
