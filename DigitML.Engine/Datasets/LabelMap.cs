using System.Collections.Immutable;

namespace DigitML.Engine.Datasets;

/// <summary>Turns label texts into keys 0 .. K − 1 and back. Immutable.</summary>
public sealed class LabelMap
{
    private readonly Dictionary<string, int> keys;

    /// <summary>Maps the given labels to their positions.</summary>
    /// <exception cref="DigitMLException">A label is empty or appears twice.</exception>
    public LabelMap(IEnumerable<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Labels = [.. labels];
        keys = new Dictionary<string, int>(Labels.Length, StringComparer.Ordinal);
        foreach (string label in Labels)
        {
            if (string.IsNullOrEmpty(label)) throw new DigitMLException("A label is empty; every class needs a name.");
            if (!keys.TryAdd(label, keys.Count)) throw new DigitMLException($"The label \"{label}\" appears twice; every class needs a name of its own.");
        }
    }

    /// <summary>The label texts in key order.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>Number of classes.</summary>
    public int Count => Labels.Length;

    /// <summary>The label of a key.</summary>
    public string this[int key] => Labels[key];

    /// <summary>The key of a label; false where the label is unknown.</summary>
    public bool TryGetKey(string label, out int key) => keys.TryGetValue(label, out key);

    /// <summary>The distinct labels in the order people expect: whole numbers by value, then other texts by code point.</summary>
    public static LabelMap FromDistinct(IEnumerable<string> labels) => new((labels ?? throw new ArgumentNullException(nameof(labels))).Distinct(StringComparer.Ordinal)
        .OrderBy(label => IsWholeNumber(label) ? 0 : 1)
        .ThenBy(label => IsWholeNumber(label) ? long.Parse(label, System.Globalization.CultureInfo.InvariantCulture) : 0)
        .ThenBy(label => label, StringComparer.Ordinal));

    private static bool IsWholeNumber(string label) =>
        long.TryParse(label, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _);
}
