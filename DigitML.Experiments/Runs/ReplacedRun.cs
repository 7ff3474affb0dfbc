using DigitML.Engine;
using DigitML.Engine.Files;
using DigitML.Experiments.Charts;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Runs;

/// <summary>A run whose folder a new run takes over: it is moved aside, deleted once the new run is complete, and put back if that fails.</summary>
internal static class ReplacedRun
{
    /// <summary>Does work that fills a folder which may hold a run.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="resultFiles">Names of files besides a run's that DigitML writes into it, such as those of a sweep.</param>
    /// <param name="inputs">The files that the work reads; null for none.</param>
    /// <param name="log">Told where the earlier run is, if the work leaves the new one unfinished.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="DigitMLException">The folder holds no run, or something that is not DigitML's, or an input.</exception>
    internal static T Replace<T>(string path, string[] resultFiles, IEnumerable<string?> inputs, TextWriter log, Func<T> work)
    {
        if (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any()) return work();
        Check(path, resultFiles, inputs);
        string aside = Aside(path);
        Move(path, aside);
        T result;
        try
        {
            result = work();
        }
        catch
        {
            if (!Directory.Exists(path)) Move(aside, path);
            else log.WriteLine($"The earlier run is in {aside}.");
            throw;
        }

        Directory.Delete(aside, recursive: true);
        return result;
    }

    private static void Check(string path, string[] resultFiles, IEnumerable<string?> inputs)
    {
        if (File.Exists(path) || !IsRun(path, resultFiles)) throw new DigitMLException($"{path} is not the folder of a run, so --overwrite does not replace it; choose another --name or --out.");
        if (OtherIn(path, resultFiles) is string other) throw new DigitMLException($"{other} is not a file of the run, and --overwrite would delete it; move it, or choose another --name or --out.");
        string folder = FinalPath.Of(path) + Path.DirectorySeparatorChar;
        string? input = inputs.OfType<string>().FirstOrDefault(input => FinalPath.Of(input).StartsWith(folder, StringComparison.Ordinal));
        if (input is not null) throw new DigitMLException($"{input} is read by this command, and --overwrite would delete it; choose another --name or --out.");
    }

    private static bool IsRun(string path, string[] resultFiles) => RunFolder.At(path).HoldsRun || resultFiles.Any(name => File.Exists(Path.Combine(path, name)));

    // The first file or folder that DigitML does not write into a run.
    private static string? OtherIn(string path, string[] resultFiles)
    {
        string[] own = [.. RunFolder.At(path).Files, .. resultFiles.Select(name => Path.Combine(path, name))];
        return Directory.GetFiles(path).FirstOrDefault(file => !own.Contains(file) && !(Path.GetExtension(file) == ".svg" && Svg.IsFile(file)))
            ?? Directory.GetDirectories(path).Select(inner => RunFolder.At(inner).HoldsRun ? OtherIn(inner, resultFiles) : inner).FirstOrDefault(other => other is not null);
    }

    private static string Aside(string path)
    {
        string first = $"{Path.TrimEndingDirectorySeparator(path)}.replaced", aside = first;
        for (int i = 2; Path.Exists(aside); i++) aside = $"{first}-{i}";
        return aside;
    }

    private static void Move(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DigitMLException($"{from} cannot be moved to {to}: {e.Message.TrimEnd('.')}; choose another --name or --out.", e);
        }
    }
}
