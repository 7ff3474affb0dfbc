namespace DigitML.Engine.Files;

/// <summary>Follows links.</summary>
internal static class FinalPath
{
    private const int MostLinks = 40;

    /// <summary>The full path of what a path leads to, without links to files or folders in it. What it names need not exist.</summary>
    /// <exception cref="IOException">The links form a circle.</exception>
    public static string Of(string path)
    {
        int links = 0;
        return Of(Path.GetFullPath(path), ref links);
    }

    private static string Of(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } folder) return path;

        // A relative link starts from the folder it is really in.
        string here = Path.Combine(Of(folder, ref links), Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not { } target) return here;
        if (++links > MostLinks) throw new IOException("its links form a circle");
        return Of(Path.GetFullPath(target, Path.GetDirectoryName(here)!), ref links);
    }
}
