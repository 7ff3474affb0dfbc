using System.Drawing;
using System.Globalization;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Interactions;

namespace DigitML.Benchmarks;

/// <summary>
/// The pictures of docs/pictures, taken with Chromium from the pages of two runs: <c>pictures --run DIR --other DIR</c>. A picture has one width and the height of what it shows, so the same
/// pages give the same pictures on a machine with the same fonts.
/// </summary>
internal static class Pictures
{
    private const int PageWidth = 1000, PartWidth = 860;

    private static string Folder => Path.Combine(ResultFiles.Project, "..", "docs", "pictures");

    internal static void Run(Options options)
    {
        string run = Path.GetFullPath(options.Text("--run", "runs/compact")), other = Path.GetFullPath(options.Text("--other", "runs/fast"));
        string report = Path.Combine(run, "report.html"), comparison = Path.Combine(Directory.CreateTempSubdirectory("digitml-pictures-").FullName, "comparison.html");
        ChildProcess.Output("dotnet", ChildProcess.Console, "compare", run, other, "--out", comparison);

        using ChromeDriver browser = Open();
        Take(browser, "report", new Uri(report), PageWidth, "header, #result, #curves", "nav");
        Take(browser, "compare", new Uri(comparison), PageWidth, "header, #metrics, #differences, #curves", "nav");
        Take(browser, "confusion", new Uri(report), PageWidth, "#confusion .scroll", isDark: true);
        Take(browser, "mistakes", new Uri(report), PartWidth, "#mistakes");
        Take(browser, "samples", new Uri(report), PartWidth, "#data");
        Directory.Delete(Path.GetDirectoryName(comparison)!, recursive: true);

        using ServerProcess server = ServerProcess.Start(port => [ChildProcess.Console, "serve", "--model", Path.Combine(run, "model.onnx"), "--urls", $"http://127.0.0.1:{port}"]);
        Draw(browser, new Uri($"http://127.0.0.1:{server.Port}"));
    }

    private static ChromeDriver Open()
    {
        var options = new ChromeOptions { BinaryLocation = InPath("chromium", "chromium-browser", "google-chrome") };
        options.AddArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage");
        string driver = InPath("chromedriver");
        return new ChromeDriver(ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(driver), Path.GetFileName(driver)), options);
    }

    private static string InPath(params string[] names) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{names[0]} is not installed; the pictures need it (Debian: chromium, chromium-driver).");

    /// <param name="browser">The browser.</param>
    /// <param name="name">Name of the picture.</param>
    /// <param name="page">The page.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="parts">The parts of the page that it shows, as a CSS selector.</param>
    /// <param name="hidden">Parts that are left out.</param>
    /// <param name="isDark">True for dark mode.</param>
    private static void Take(ChromeDriver browser, string name, Uri page, int width, string parts, string hidden = ".none", bool isDark = false)
    {
        Look(browser, width, isDark);
        browser.Navigate().GoToUrl(page);
        browser.ExecuteScript("for (const part of document.querySelectorAll(arguments[0])) part.style.display = 'none'", $"{hidden}, details");
        Save(browser, name, parts);
    }

    private static void Draw(ChromeDriver browser, Uri page)
    {
        Look(browser, PartWidth, isDark: false);
        browser.Navigate().GoToUrl(page);
        IWebElement pad = browser.FindElement(By.Id("pad"));
        Size size = pad.Size;
        var stroke = new Actions(browser, TimeSpan.FromMilliseconds(30));
        To(25, 20).ClickAndHold();
        To(75, 20);
        To(45, 85).Release().Perform();
        for (int i = 0; i < 100 && !browser.FindElement(By.Id("answer")).Text.StartsWith('7'); i++) Thread.Sleep(100);
        browser.ExecuteScript("document.querySelector('nav').style.display = document.querySelector('#time').style.display = 'none'; document.activeElement.blur()");
        Save(browser, "draw", "header, .drawing");

        // In percent of the pad, from its middle.
        Actions To(int x, int y) => stroke.MoveToElement(pad, (x - 50) * size.Width / 100, (y - 50) * size.Height / 100);
    }

    private static void Look(ChromeDriver browser, int width, bool isDark)
    {
        Command(browser, "Emulation.setDeviceMetricsOverride", ("width", width), ("height", 900), ("deviceScaleFactor", 1), ("mobile", false));
        Command(browser, "Emulation.setEmulatedMedia", ("features", new[] { new Dictionary<string, string> { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" } }));
    }

    // From the first to the last of the parts, with a margin.
    private static void Save(ChromeDriver browser, string name, string parts)
    {
        var edges = (IReadOnlyCollection<object>)browser.ExecuteScript("""
            const boxes = [...document.querySelectorAll(arguments[0])].map(part => part.getBoundingClientRect());
            return [Math.floor(Math.min(...boxes.map(box => box.top)) + scrollY), Math.ceil(Math.max(...boxes.map(box => box.bottom)) + scrollY), innerWidth];
            """, parts)!;
        int[] numbers = [.. edges.Select(edge => Convert.ToInt32(edge, CultureInfo.InvariantCulture))];
        const int margin = 16;
        int top = Math.Max(numbers[0] - margin, 0);
        var clip = new Dictionary<string, object> { ["x"] = 0, ["y"] = top, ["width"] = numbers[2], ["height"] = numbers[1] + margin - top, ["scale"] = 1 };
        var picture = (Dictionary<string, object>)Command(browser, "Page.captureScreenshot", ("format", "png"), ("captureBeyondViewport", true), ("clip", clip))!;
        string file = Path.Combine(Folder, $"{name}.png");
        File.WriteAllBytes(file, Convert.FromBase64String((string)picture["data"]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(Directory.GetCurrentDirectory(), file)}: {new FileInfo(file).Length / 1024.0:0} kB"));
    }

    private static object? Command(ChromeDriver browser, string name, params (string Name, object? Value)[] parameters) =>
        browser.ExecuteCdpCommand(name, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
}
