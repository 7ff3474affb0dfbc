using System.Globalization;
using DigitML.Data.Rows;
using DigitML.Engine;
using DigitML.Model.Files;

namespace DigitML.Data;

/// <summary>
/// Reads names for labels: <c>0,T-shirt</c> or <c>0 T-shirt</c> on each line, names alone for the labels 0, 1, 2, ..., or EMNIST's mapping of labels to the codes of
/// characters.
/// </summary>
public static class LabelNames
{
    private const long MostBytes = 1 << 24;

    /// <summary>The name of each label.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DigitMLException">It cannot be read, a label appears twice, or two labels have one name.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        string[] lines = [.. System.Text.Encoding.UTF8.GetString(InputFile.Read(path, MostBytes)).TrimStart('\uFEFF').Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        (string Label, string Name)[] pairs = [.. lines.Select((line, i) => Pair(line) ?? (i.ToString(CultureInfo.InvariantCulture), line))];
        bool areAlone = lines.Any(line => Pair(line) is null);
        if (areAlone) pairs = [.. lines.Select((line, i) => (i.ToString(CultureInfo.InvariantCulture), line))];
        else if (pairs.All(pair => int.TryParse(pair.Name, out int code) && code is > 32 and < 0x10000) && lines.All(line => !line.Contains(',', StringComparison.Ordinal)))
        {
            pairs = [.. pairs.Select(pair => (pair.Label, ((char)int.Parse(pair.Name, CultureInfo.InvariantCulture)).ToString()))];
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string label, string name) in pairs)
        {
            if (!names.TryAdd(label, name)) throw new DigitMLException($"{path} names the label {DisplayText.Value(label)} twice; each label has one line.");
            if (!labels.TryAdd(name, label)) throw new DigitMLException($"{path} has the name {DisplayText.Value(name)} for the labels {labels[name]} and {label}; each name stands for one label.");
        }

        return names;
    }

    // A number and a name; null for a name alone.
    private static (string Label, string Name)? Pair(string line)
    {
        int cut = line.IndexOfAny([',', ';', '\t', ' ', ':']);
        if (cut <= 0 || LabelText.Whole(line.AsSpan(0, cut)) is not { } label) return null;
        string name = line[(cut + 1)..].Trim().Trim('"');
        int second = name.IndexOf(' ', StringComparison.Ordinal);
        bool isMapping = second > 0 && name.Split(' ').All(part => int.TryParse(part, out _));
        return name.Length == 0 ? null : (label, isMapping ? name[..second] : name);
    }
}
