namespace DigitML.Data.Pictures;

/// <summary>Orders paths by code point, and numbers in them by value: <c>2/9.png</c>, <c>2/10.png</c>, <c>10/1.png</c>.</summary>
internal sealed class NaturalPathOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static NaturalPathOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x, right = y;
        while (!left.IsEmpty && !right.IsEmpty)
        {
            int leftDigits = Digits(left), rightDigits = Digits(right);
            int order = leftDigits > 0 && rightDigits > 0 ? CompareNumbers(left[..leftDigits], right[..rightDigits]) : Rank(left[0]).CompareTo(Rank(right[0]));
            if (order != 0) return order;
            left = left[Math.Max(leftDigits, 1)..];
            right = right[Math.Max(rightDigits, 1)..];
        }

        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(x, y);
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }

    // A folder comes before names that go on where its name ends.
    private static int Rank(char letter) => letter == '/' ? 0 : letter;
}
