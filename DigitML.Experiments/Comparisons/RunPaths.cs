using DigitML.Engine;

namespace DigitML.Experiments.Comparisons;

/// <summary>The runs named on a command line: folders, metrics files, and patterns with * and ?, which not every shell expands.</summary>
internal static class RunPaths
{
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>The paths in the order named, those of a pattern sorted by name. A folder that matches a pattern is included only if it has metrics.</summary>
    /// <exception cref="DigitMLException">A pattern matches nothing.</exception>
    internal static string[] Expand(IEnumerable<string> named) => [.. named.SelectMany(Expand).DistinctBy(Path.GetFullPath)];

    /// <summary>Names that distinguish paths: the part after their common folders, without "metrics.json".</summary>
    internal static string[] NamesOf(IReadOnlyList<string> paths)
    {
        string[][] parts = [.. paths.Select(path =>
        {
            string[] all = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)).Split(Path.DirectorySeparatorChar);
            return all is [.., _, "metrics.json"] ? all[..^1] : all;
        })];
        int shared = 0;
        while (parts.All(part => part.Length > shared + 1 && part[shared] == parts[0][shared])) shared++;
        return [.. parts.Select(part => string.Join('/', part[shared..]))];
    }

    private static IEnumerable<string> Expand(string named)
    {
        if (named.IndexOfAny(Wildcards) < 0) return [named];
        string[] segments = named.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        IEnumerable<string> found = [Path.IsPathRooted(named) ? Path.GetPathRoot(named)! : ""];
        foreach (string segment in segments.Where(segment => segment.Length > 0)) found = found.SelectMany(folder => Within(folder, segment));
        string[] runs = [.. found.Where(path => File.Exists(path) || File.Exists(Path.Combine(path, "metrics.json"))).Order(StringComparer.Ordinal)];
        return runs.Length > 0 ? runs : throw new DigitMLException($"{named}: there is no folder of an evaluated run and no metrics file with this name.");
    }

    private static IEnumerable<string> Within(string folder, string segment)
    {
        if (segment.IndexOfAny(Wildcards) < 0) return [Path.Combine(folder, segment)];
        string parent = folder.Length == 0 ? "." : folder;
        return Directory.Exists(parent) ? Directory.EnumerateFileSystemEntries(parent, segment).Select(entry => Path.Combine(folder, Path.GetFileName(entry))) : [];
    }
}
