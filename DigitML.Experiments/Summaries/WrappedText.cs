namespace DigitML.Experiments.Summaries;

/// <summary>Text broken between words into lines for a terminal.</summary>
internal static class WrappedText
{
    /// <summary>The lines, each shorter than the width; a word that is wider, such as a long path, has a line of its own.</summary>
    internal static List<string> Lines(string text, int width)
    {
        List<string> lines = [];
        foreach (string word in text.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length < width) lines[^1] += $" {word}";
            else lines.Add(word);
        }

        return lines;
    }
}
