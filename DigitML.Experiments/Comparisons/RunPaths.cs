using System.Globalization;
using DigitML.Engine;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Comparisons;

/// <summary>The runs named on a command line: folders, folders of runs, metrics files, and patterns with * and ?, which not every shell expands.</summary>
/// <param name="Named">The paths and patterns.</param>
/// <param name="Runs">The runs in the order named, those of a pattern sorted by name.</param>
/// <param name="Skipped">What matches a pattern but is neither a folder with metrics nor a metrics file.</param>
internal sealed record RunPaths(IReadOnlyList<string> Named, string[] Runs, string[] Skipped)
{
    private const int MostTold = 3;
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>Expands the patterns.</summary>
    /// <exception cref="DigitMLException">A pattern matches no run.</exception>
    internal static RunPaths Of(IReadOnlyList<string> named)
    {
        var skipped = new List<string>();
        return new RunPaths(named, [.. named.SelectMany(path => Expand(path, skipped)).DistinctBy(Path.GetFullPath)], [.. skipped.Distinct()]);
    }

    /// <summary>One line that says what was skipped; null if nothing was.</summary>
    internal string? DescribeSkipped()
    {
        if (Skipped.Length == 0) return null;
        string told = string.Join(", ", Skipped.Take(MostTold)), more = Skipped.Length > MostTold ? $" and {Skipped.Length - MostTold:N0} more" : "";
        return string.Create(CultureInfo.InvariantCulture, $"Skipped, because {(Skipped.Length == 1 ? "it is no evaluated run" : "they are no evaluated runs")}: {told}{more}");
    }

    /// <summary>Names that distinguish paths: as few of their last parts as that takes, without "metrics.json".</summary>
    internal static string[] NamesOf(IReadOnlyList<string> paths)
    {
        string[][] parts = [.. paths.Select(path =>
        {
            string[] all = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)).Split(Path.DirectorySeparatorChar);
            return all is [.., _, "metrics.json"] ? all[..^1] : all;
        })];
        for (int count = 1; ; count++)
        {
            string[] names = [.. parts.Select(part => string.Join('/', part[^Math.Min(count, part.Length)..]))];
            if (names.Distinct().Count() == names.Length || parts.All(part => part.Length <= count)) return names;
        }
    }

    private static string[] Expand(string named, List<string> skipped)
    {
        if (named.IndexOfAny(Wildcards) < 0) return RunsOf(named);
        string[] segments = named.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        IEnumerable<string> found = [Path.IsPathRooted(named) ? Path.GetPathRoot(named)! : ""];
        foreach (string segment in segments.Where(segment => segment.Length > 0)) found = found.SelectMany(folder => Within(folder, segment));
        ILookup<bool, string> isRun = found.Where(Path.Exists).Order(StringComparer.Ordinal).ToLookup(IsRun);
        skipped.AddRange(isRun[false]);
        string[] runs = [.. isRun[true]];
        return runs.Length > 0 ? runs : throw new DigitMLException($"{named}: there is no folder of an evaluated run and no metrics file with this name.");
    }

    // The runs in the folder of a sweep, or in any other folder of runs.
    private static string[] RunsOf(string named)
    {
        if (!Directory.Exists(named) || File.Exists(RunFolder.At(named).Metrics)) return [named];
        string[] runs = [.. Directory.EnumerateDirectories(named).Where(IsRun).Order(StringComparer.Ordinal)];
        return runs.Length > 0 ? runs : [named];
    }

    private static bool IsRun(string path) => Directory.Exists(path) ? File.Exists(RunFolder.At(path).Metrics) : MetricsFile.IsOne(path);

    private static IEnumerable<string> Within(string folder, string segment)
    {
        if (segment.IndexOfAny(Wildcards) < 0) return [Path.Combine(folder, segment)];
        string parent = folder.Length == 0 ? "." : folder;
        return Directory.Exists(parent) ? Directory.EnumerateFileSystemEntries(parent, segment).Select(entry => Path.Combine(folder, Path.GetFileName(entry))) : [];
    }
}
