using System.Runtime.InteropServices;

namespace DigitML.Data.Rows;

/// <summary>The labels of rows as they are written in a file; equal texts are kept once.</summary>
internal sealed class LabelTexts
{
    private readonly Dictionary<string, int> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<string> texts = [];
    private readonly List<int> rows = [];

    public LabelTexts() => lookup = keys.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The different texts, in the order in which they were found.</summary>
    public IReadOnlyList<string> Texts => texts;

    /// <summary>The position in <see cref="Texts"/> of the label of each row.</summary>
    public ReadOnlySpan<int> Rows => CollectionsMarshal.AsSpan(rows);

    /// <summary>Adds the label of a row.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (!lookup.TryGetValue(text, out int key))
        {
            key = texts.Count;
            texts.Add(text.ToString());
            keys.Add(texts[key], key);
        }

        rows.Add(key);
    }
}
