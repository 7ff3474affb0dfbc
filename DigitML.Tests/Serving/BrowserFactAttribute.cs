using System.Runtime.CompilerServices;

namespace DigitML.Tests.Serving;

/// <summary>A test that needs Chromium and its driver; it is skipped where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (Browser is null || Driver is null) Skip = "Chromium and chromedriver are not installed (Debian: chromium, chromium-driver).";
    }

    /// <summary>The browser; null where there is none.</summary>
    public static string? Browser { get; } = InPath("chromium", "chromium-browser", "google-chrome");

    /// <summary>Its driver; null where there is none.</summary>
    public static string? Driver { get; } = InPath("chromedriver");

    private static string? InPath(params string[] names) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
