namespace DigitML.Tests.Packages;

/// <summary>The packages of the libraries, made from what is built.</summary>
internal static class PackedLibraries
{
    internal static readonly string[] Projects = ["DigitML.Engine", "DigitML.Model", "DigitML.Data", "DigitML.MLNet", "DigitML.Experiments", "DigitML.Export", "DigitML.Server"];

    /// <summary>True if these tests are built as packages are released.</summary>
    internal static bool AreReleased => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal);

    internal static void Pack(string folder)
    {
        foreach (string project in Projects)
        {
            string output = DotnetCommand.Run(RepositoryFolder.Path, "pack", "--no-build", "-c", AreReleased ? "Release" : "Debug", "-o", folder, project);
            Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        }
    }
}
