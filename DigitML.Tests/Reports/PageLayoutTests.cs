using System.Globalization;
using DigitML.Tests.Comparisons;
using DigitML.Tests.EndToEnd;
using DigitML.Tests.Serving;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace DigitML.Tests.Reports;

/// <summary>Pages in a real browser: on a phone and on a wide screen, nothing is wider than the screen but what scrolls, and that says so.</summary>
public sealed class PageLayoutTests(CompareEndToEndTests.ThreeRuns runs) : IClassFixture<CompareEndToEndTests.ThreeRuns>
{
    private const string WiderParts = """
        return [...document.querySelectorAll('body *')]
          .filter(part => !(part.parentElement.closest('.scroll') ?? part.parentElement.closest('svg')) && part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map(part => part.outerHTML.slice(0, 80)).join('\n') + (document.documentElement.scrollWidth > document.documentElement.clientWidth ? 'the page' : '');
        """;

    private const string TextSizes = "return [...new Set([...document.querySelectorAll('svg.plot text')].map(text => Math.round(text.getBoundingClientRect().height)))].join();";

    private readonly SmallData data = runs.Data;

    [BrowserFact]
    public void Nothing_is_wider_than_the_screen()
    {
        string comparison = data.In("layout.html");
        Assert.Equal(0, ConsoleRun.Of("compare", data.In("runs/short"), data.In("runs/long"), "--out", comparison).ExitCode);
        var sizes = new HashSet<object?>();
        using ChromeDriver browser = BrowserFactAttribute.Open(1400, 900);
        foreach (int width in new[] { 390, 1400 })
        {
            BrowserFactAttribute.Resize(browser, width, 900);
            foreach (string file in new[] { data.In("runs/long/report.html"), comparison })
            {
                browser.Navigate().GoToUrl(new Uri(file));
                Assert.Equal("", browser.ExecuteScript(WiderParts));
                sizes.Add(browser.ExecuteScript(TextSizes));
            }

            string hints = (string)browser.ExecuteScript("return String(document.querySelectorAll('#metrics .scroll.wider[tabindex=\"0\"]').length)")!;
            Assert.Equal(width == 390 ? 1 : 0, int.Parse(hints, CultureInfo.InvariantCulture));
        }

        Assert.Single(sizes);
    }

    [BrowserFact]
    public void A_command_is_copied()
    {
        using ChromeDriver browser = BrowserFactAttribute.Open(1400, 900);
        browser.Navigate().GoToUrl(new Uri(data.In("runs/long/report.html")));
        browser.FindElement(By.CssSelector("button.copy")).Click();
        for (int i = 0; i < 50 && browser.FindElement(By.CssSelector("button.copy")).Text != "Copied"; i++) Thread.Sleep(50);
        Assert.Equal("Copied", browser.FindElement(By.CssSelector("button.copy")).Text);
    }
}
