using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model.Files;

namespace DigitML.Data;

/// <summary>Maps the labels of a file to keys while it is read: the keys of a given map, or of the labels found in the file.</summary>
internal sealed class LabelKeys(DigitFileOptions options)
{
    private readonly Dictionary<string, int> found = new(StringComparer.Ordinal);
    private readonly List<int> keys = [];

    /// <summary>Number of rows dropped because their label is unknown.</summary>
    public int DroppedRows { get; private set; }

    /// <summary>Adds a row's label; false if the row is to be dropped.</summary>
    /// <param name="label">The label's text.</param>
    /// <param name="place">File and line, for the message.</param>
    /// <exception cref="DigitMLException">The label is not among the given ones.</exception>
    public bool Add(string label, Func<string> place)
    {
        if (options.LabelMap is not { } map)
        {
            if (!found.TryGetValue(label, out int key)) found.Add(label, key = found.Count);
            keys.Add(key);
            return true;
        }

        if (map.TryGetKey(label, out int keyOfMap))
        {
            keys.Add(keyOfMap);
            return true;
        }

        if (!options.DropUnknownLabels)
        {
            string known = $"the {(map.Count == 1 ? "" : $"{map.Count} ")}known labels ({DisplayText.Few(map.Labels)})";
            throw new DigitMLException($"{place()}: label is {DisplayText.Value(label)}, which is not among {known}; correct it or remove the row.");
        }

        DroppedRows++;
        return false;
    }

    /// <summary>Adds a row that has no label.</summary>
    public void AddNone() => keys.Add(DigitDataset.NoLabel);

    /// <summary>All keys in row order, and the labels they stand for.</summary>
    public (int[] Labels, LabelMap Map) ToLabels()
    {
        if (options.LabelMap is { } given) return ([.. keys], given);
        LabelMap map = LabelMap.FromDistinct(found.Keys);
        var sorted = new int[found.Count];
        for (int key = 0; key < map.Count; key++) sorted[found[map[key]]] = key;
        return ([.. keys.Select(key => key == DigitDataset.NoLabel ? key : sorted[key])], map);
    }
}
