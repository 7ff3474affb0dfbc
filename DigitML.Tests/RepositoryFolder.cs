namespace DigitML.Tests;

/// <summary>The folder of the solution, for tests of files that are shipped.</summary>
internal static class RepositoryFolder
{
    public static string Path { get; } = Find();

    /// <summary>The path of a file below the folder.</summary>
    public static string PathOf(string relative) => System.IO.Path.Combine(Path, relative);

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "DigitML.sln"))) folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"There is no DigitML.sln above {AppContext.BaseDirectory}.");
    }
}
