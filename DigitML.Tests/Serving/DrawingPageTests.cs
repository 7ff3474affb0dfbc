using System.Drawing;
using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Model;
using DigitML.Model.Images;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Interactions;

namespace DigitML.Tests.Serving;

/// <summary>The drawing page in a real browser, as a person would use it.</summary>
public class DrawingPageTests(ServedModel served) : IClassFixture<ServedModel>
{
    // Strokes on a pad of 100x100.
    private static readonly Dictionary<string, (int X, int Y)[][]> Strokes = new()
    {
        ["1"] = [[(50, 15), (50, 85)]],
        ["4"] = [[(35, 15), (30, 55), (72, 55)], [(65, 15), (62, 88)]],
        ["7"] = [[(25, 20), (75, 20), (45, 85)]],
        ["0"] = [[(50, 15), (30, 28), (25, 50), (30, 72), (50, 85), (70, 72), (75, 50), (70, 28), (50, 15)]],
        ["3"] = [[(30, 20), (55, 15), (68, 28), (60, 43), (45, 48), (62, 53), (70, 70), (55, 85), (30, 80)]],
    };

    [BrowserFact]
    public void Digits_that_are_drawn_are_read()
    {
        using ChromeDriver page = Open(1100, 900);
        foreach ((string digit, (int, int)[][] strokes) in Strokes)
        {
            page.FindElement(By.Id("clear")).Click();
            foreach ((int, int)[] stroke in strokes) Draw(page, stroke);
            WaitFor(page, () => page.FindElement(By.Id("answer")).Text.StartsWith($"{digit}\nPredicted {digit}, score ", StringComparison.Ordinal), $"a {digit}");
            Assert.Equal(10, page.FindElements(By.CssSelector("#scores li")).Count);
            Assert.Matches(@"Predicted in [\d.]+ ms\.", page.FindElement(By.Id("time")).Text);
        }

        page.FindElement(By.Id("clear")).Click();
        Assert.Equal("Nothing has been drawn yet.", page.FindElement(By.Id("answer")).Text);
        NoErrors(page);
    }

    [BrowserFact]
    public void A_digit_can_be_drawn_with_the_keyboard_alone()
    {
        using ChromeDriver page = Open(1100, 900);
        IWebElement pad = page.FindElement(By.Id("pad"));
        pad.SendKeys(string.Concat(Enumerable.Repeat(Keys.ArrowUp, 12)) + " " + string.Concat(Enumerable.Repeat(Keys.ArrowDown, 24)));
        WaitFor(page, () => page.FindElement(By.Id("answer")).Text.StartsWith("1\n", StringComparison.Ordinal), "a 1");
        Assert.Equal("Drawing area, pen down", pad.GetDomAttribute("aria-label"));
        pad.SendKeys(Keys.Delete);
        Assert.Equal("Nothing has been drawn yet.", page.FindElement(By.Id("answer")).Text);
        NoErrors(page);
    }

    [BrowserFact]
    public void A_picture_is_read_and_a_bad_one_is_refused()
    {
        using ChromeDriver page = Open(1100, 900);
        string folder = Directory.CreateTempSubdirectory("digitml-").FullName, picture = Path.Combine(folder, "digit.png"), bad = Path.Combine(folder, "bad.png");
        DigitDataset digits = DigitFiles.Read(RepositoryFolder.PathOf("data/mnist-test.csv.gz"));
        new DigitImage(28, 28, digits.Image(0).ToArray()).SavePng(picture);
        File.WriteAllText(bad, "no picture");
        page.FindElement(By.Id("picture")).SendKeys(picture);
        WaitFor(page, () => page.FindElement(By.Id("answer")).Text.StartsWith("7\n", StringComparison.Ordinal), "the 7 of the first test row");
        page.FindElement(By.Id("picture")).SendKeys(bad);
        WaitFor(page, () => page.FindElement(By.Id("answer")).Text == "bad.png is not a picture this browser can show.", "a refusal");
        Assert.Empty(page.FindElements(By.CssSelector("#scores li")));
        Directory.Delete(folder, recursive: true);
    }

    [BrowserFact]
    public void A_csv_file_gives_a_submission_and_a_bad_one_a_reason()
    {
        using ChromeDriver page = Open(1100, 900);
        string folder = Directory.CreateTempSubdirectory("digitml-").FullName, rows = Path.Combine(folder, "rows.csv"), bad = Path.Combine(folder, "bad.csv");
        CsvDigitWriter.Write(rows, DigitFiles.Read(RepositoryFolder.PathOf("data/mnist-test.csv.gz")).Subset("digits", [.. Enumerable.Range(0, 1200)]));
        string zeros = string.Concat(Enumerable.Repeat("0,", 783));
        File.WriteAllText(bad, $"{zeros}0\n{zeros}x\n");
        page.FindElement(By.Id("file")).SendKeys(rows);
        WaitFor(page, () => page.FindElement(By.Id("rows-answer")).Text.StartsWith("1,200 rows of rows.csv in ", StringComparison.Ordinal), "a submission");
        Assert.Equal("submission.csv", page.FindElement(By.CssSelector("#rows-answer a")).GetDomAttribute("download"));
        page.FindElement(By.Id("file")).SendKeys(bad);
        WaitFor(page, () => page.FindElement(By.Id("rows-answer")).Text.StartsWith("rows.csv:2: ", StringComparison.Ordinal), "a reason");
        Directory.Delete(folder, recursive: true);
    }

    [BrowserFact]
    public void On_a_phone_nothing_is_wider_than_the_screen()
    {
        using ChromeDriver page = Open(390, 800);
        Draw(page, Strokes["7"][0]);
        WaitFor(page, () => page.FindElement(By.Id("answer")).Text.StartsWith("7\n", StringComparison.Ordinal), "a 7");
        Assert.Equal("true", page.ExecuteScript("return String(document.documentElement.scrollWidth <= innerWidth)"));
        Assert.Equal("true", page.ExecuteScript("return String([...document.querySelectorAll('body *')].every(part => part.getBoundingClientRect().right <= innerWidth + 1))"));
    }

    private ChromeDriver Open(int width, int height)
    {
        ChromeDriver page = BrowserFactAttribute.Open(width, height);
        page.Navigate().GoToUrl(served.Address);
        return page;
    }

    private static void Draw(ChromeDriver page, (int X, int Y)[] stroke)
    {
        IWebElement pad = page.FindElement(By.Id("pad"));
        Size size = pad.Size;
        var actions = new Actions(page, TimeSpan.FromMilliseconds(30));
        Move(stroke[0]);
        actions.ClickAndHold();
        foreach ((int, int) point in stroke.Skip(1)) Move(point);
        actions.Release().Perform();

        // From the middle of the pad.
        void Move((int X, int Y) to) => actions.MoveToElement(pad, (to.X - 50) * size.Width / 100, (to.Y - 50) * size.Height / 100);
    }

    private static void WaitFor(ChromeDriver page, Func<bool> isThere, string what)
    {
        for (int i = 0; i < 150; i++)
        {
            if (isThere()) return;
            Thread.Sleep(100);
        }

        Assert.Fail($"There is not {what} after 15 s; the page says: {page.FindElement(By.TagName("main")).Text}");
    }

    private static void NoErrors(ChromeDriver page) => Assert.Empty(page.Manage().Logs.GetLog(LogType.Browser).Select(entry => entry.Message));
}
