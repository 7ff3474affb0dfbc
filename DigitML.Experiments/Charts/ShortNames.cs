namespace DigitML.Experiments.Charts;

/// <summary>Names cut to what fits, so that they still differ: the legend of a chart and the headers of a confusion matrix cannot wrap.</summary>
internal static class ShortNames
{
    private const string Cut = "…";

    /// <summary>The names, unless one is too long: then without what all share at their start and end, and cut where that is still too long; numbered if that leaves two alike.</summary>
    /// <param name="names">The names.</param>
    /// <param name="longest">Characters that fit, 5 or more.</param>
    internal static string[] Fitting(IReadOnlyList<string> names, int longest)
    {
        if (names.All(name => name.Length <= longest)) return [.. names];
        string[] cut = [.. WithoutShared(names).Select(name => CutTo(name, longest))];
        return cut.Distinct().Count() == names.Distinct().Count() ? cut : [.. cut.Select((name, i) => CutTo($"{i + 1} {name}", longest))];
    }

    private static string[] WithoutShared(IReadOnlyList<string> names)
    {
        if (names.Count == 1) return [.. names];
        int shortest = names.Min(name => name.Length), start = 0, end = 0;
        while (start < shortest && names.All(name => name[start] == names[0][start])) start++;
        while (end < shortest - start && names.All(name => name[^(end + 1)] == names[0][^(end + 1)])) end++;
        return [.. names.Select(name => $"{(start > 1 ? Cut : name[..start])}{name[start..^end]}{(end > 1 ? Cut : name[^end..])}")];
    }

    private static string CutTo(string name, int longest) => name.Length <= longest ? name : $"{name[..(longest - 1)]}{Cut}";
}
