using System.Runtime.CompilerServices;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

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

    /// <summary>Opens the browser with a window of the given size.</summary>
    public static ChromeDriver Open(int width, int height)
    {
        var options = new ChromeOptions { BinaryLocation = Browser };
        options.AddArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        var page = new ChromeDriver(ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(Driver), Path.GetFileName(Driver)), options);
        Resize(page, width, height);
        return page;
    }

    /// <summary>Gives the page another size. A window cannot be as narrow as a phone, but a page can.</summary>
    public static void Resize(ChromeDriver page, int width, int height) => page.ExecuteCdpCommand(
        "Emulation.setDeviceMetricsOverride", new Dictionary<string, object?> { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });

    private static string? InPath(params string[] names) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
