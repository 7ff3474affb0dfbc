namespace DigitML.Data;

/// <summary>
/// The names that pixel columns have in headers: <c>pixel0, pixel1, ...</c> with any word, counting from 0 or 1, or <c>1x1, 1x2, ..., 28x28</c>.
/// </summary>
internal static class PixelNames
{
    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>The names of the pixels of a file without a header.</summary>
    public static IEnumerable<string> Default(int count) => Enumerable.Range(0, count).Select(pixel => $"pixel{pixel}");

    /// <summary>The name of each pixel, derived from the first; null if the first name does not start a known series.</summary>
    /// <param name="first">The name of the first pixel.</param>
    /// <param name="width">Columns of the image.</param>
    public static Func<int, string>? Series(string first, int width)
    {
        if (first is "0x0" or "1x1")
        {
            int start = first[0] - '0';
            return pixel => $"{pixel / width + start}x{pixel % width + start}";
        }

        (string word, int? from) = Split(first);
        return from is 0 or 1 ? pixel => $"{word}{pixel + from}" : null;
    }

    /// <summary>True if a name is the expected one, ignoring case and leading zeros of its number ("pixel007").</summary>
    public static bool AreEqual(string name, string expected)
    {
        (string word, int? number) = Split(name);
        bool isSame = name.Equals(expected, StringComparison.OrdinalIgnoreCase);
        return isSame || $"{word}{number}".Equals(expected, StringComparison.OrdinalIgnoreCase);
    }

    private static (string Word, int? Number) Split(string name)
    {
        string word = name.TrimEnd(Digits);
        return (word, int.TryParse(name.AsSpan(word.Length), out int number) ? number : null);
    }
}
