using DigitML.Data.Layouts;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model.Files;

namespace DigitML.Data.Rows;

/// <summary>The labels of rows as keys of a map: a given one, or that of the labels found.</summary>
/// <param name="Keys">The key of each row, or <see cref="DigitDataset.NoLabel"/>; −2 for a label that is not in the map.</param>
/// <param name="Map">The labels.</param>
/// <param name="Spellings">Labels that are written in several ways: <c>5 (also 5.0, 05)</c>.</param>
internal sealed record LabelKeys(int[] Keys, LabelMap Map, IReadOnlyList<string> Spellings)
{
    /// <summary>The key of a row whose label is not in the map.</summary>
    public const int Unknown = DigitDataset.NoLabel - 1;

    /// <summary>Settles the labels of rows.</summary>
    /// <param name="texts">The labels as they are written.</param>
    /// <param name="layout">How they are to be taken.</param>
    /// <param name="given">The labels of the model or the training rows; null to take those found.</param>
    public static LabelKeys Of(LabelTexts texts, FileLayout layout, LabelMap? given)
    {
        string?[] labels = [.. texts.Texts.Select(text => Label(text, layout, given))];
        LabelMap map = given ?? LabelMap.FromDistinct(labels.OfType<string>());
        int[] keys = [.. labels.Select(label => label is null ? DigitDataset.NoLabel : map.TryGetKey(label, out int key) ? key : Unknown)];
        return new LabelKeys([.. texts.Rows.ToArray().Select(text => keys[text])], map, SpellingsOf(texts, labels));
    }

    // A model that was trained with labels as text knows labels that are written like numbers.
    private static string? Label(string text, FileLayout layout, LabelMap? given)
    {
        if (given is not null && given.TryGetKey(text, out _)) return text;
        string? label = LabelText.Of(text, layout.LabelsAsText == true);
        if (label is null || layout.LabelNames is not { } names || given is not null && given.TryGetKey(label, out _)) return label;
        return names.TryGetValue(label, out string? name) ? name : throw new DigitMLException(
            $"{DisplayText.Value(label)} is a label that --label-names has no name for; it names {DisplayText.Few([.. names.Keys.Order(StringComparer.Ordinal)])}.");
    }

    private static string[] SpellingsOf(LabelTexts texts, string?[] labels)
    {
        var spellings = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] is not { } label) continue;
            if (!spellings.TryGetValue(label, out List<string>? all)) spellings.Add(label, all = []);
            all.Add(texts.Texts[i]);
        }

        return [.. spellings.Where(pair => pair.Value.Count > 1)
            .Select(pair => $"{pair.Key} (also {DisplayText.Few([.. pair.Value.Where(text => text != pair.Key).Select(DisplayText.Value)])})")];
    }
}
