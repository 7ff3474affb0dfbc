using System.Text;
using System.Xml.Linq;
using DigitML.Experiments.Reports;
using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Reports;

/// <summary>The parts of a report that a reader uses: links, downloads, copies, numbers.</summary>
public sealed class ReportPageTests(ReportPageTests.OneRun run) : IClassFixture<ReportPageTests.OneRun>
{
    /// <summary>A run with mistakes.</summary>
    public sealed class OneRun : IDisposable
    {
        internal SmallData Data { get; } = new();

        internal XElement Page { get; }

        public OneRun()
        {
            ConsoleRun run = ConsoleRun.Of("train", "--data", Data.Train, "--test-data", Data.Test, "--recipe", Data.Recipe, "--epochs", "2", "--learning-rate", "7e-7", "--out", Data.In("run"));
            Assert.True(run.ExitCode == 0, run.Error);
            Page = PageReader.Read(Data.In("run/report.html"));
        }

        public void Dispose() => Data.Dispose();
    }

    private XElement Page => run.Page;

    [Fact]
    public void Every_link_leads_to_a_part_of_the_page()
    {
        HashSet<string> ids = [.. Page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(Page.Descendants().Attributes("id").Count(), ids.Count);
        Assert.All(Page.Descendants("a").Select(link => link.Attribute("href")!.Value).Where(link => link[0] == '#'), link => Assert.Contains(link[1..], ids));
    }

    [Fact]
    public void A_cell_of_the_confusion_matrix_links_to_the_pictures_of_its_mistakes()
    {
        XElement[] links = [.. Page.Section("confusion").Descendants("table").First().Descendants("a")];
        Assert.NotEmpty(links);
        foreach (XElement link in links)
        {
            XElement pair = Page.Descendants().Single(part => part.Attribute("id")?.Value == link.Attribute("href")!.Value[1..]);
            int count = int.Parse(link.Nodes().OfType<XText>().First().Value);
            Assert.Equal(Math.Min(count, 12), pair.Descendants("img").Count());
            string[] words = link.Attribute("aria-label")!.Value.Split(' ', ',', ':');
            Assert.Equal((words[1], words[4]), (LabelsOf(pair)[0], LabelsOf(pair)[^1]));
            Assert.All(pair.Descendants("img"), picture => Assert.Contains($": {words[1]}, predicted {words[4]} with ", picture.Attribute("alt")!.Value, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_mistakes_are_a_file_in_the_page()
    {
        XElement link = Page.Section("mistakes").Descendants("a").Single();
        Assert.Equal("mistakes.csv", link.Attribute("download")!.Value);
        string[] lines = Encoding.UTF8.GetString(Convert.FromBase64String(link.Attribute("href")!.Value.Split("base64,")[1])).TrimEnd().Split('\n');
        string[] predictions = File.ReadAllLines(run.Data.In("run/predictions.csv"));
        Assert.Equal(predictions[0], lines[0]);
        Assert.Equal(predictions.Skip(1).Where(line => line.Split(',')[1] != line.Split(',')[2]).Order(), lines.Skip(1).Order());
        Assert.All(Page.Section("mistakes").Descendants("figcaption"), caption => Assert.StartsWith("row ", caption.Elements("small").Last().Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_command_has_a_button_that_copies_it()
    {
        XElement[] commands = [.. Page.Section("commands").Descendants("pre")];
        Assert.Equal(5, commands.Length);
        Assert.All(commands, command => Assert.Equal(("button", "copy"), (command.ElementsAfterSelf().Single().Name.LocalName, command.ElementsAfterSelf().Single().Attribute("class")!.Value)));
    }

    [Fact]
    public void The_commands_run_as_they_are()
    {
        foreach (string command in Page.Section("commands").Descendants("pre").Select(command => command.Value))
        {
            string[] words = command[(command.IndexOf(" -- ", StringComparison.Ordinal) is > 0 and int at ? at + 4 : "digitml ".Length)..].Split(' ');
            if (words[0] is "train" or "serve" or "export") continue;
            string[] here = [.. words.Select(word => word is "predictions.csv" ? run.Data.In(word) : word)];
            ConsoleRun result = ConsoleRun.Of(here);
            Assert.True(result.ExitCode == 0, $"{command}: {result.Error}");
        }
    }

    [Fact]
    public void Learning_rates_are_written_with_an_exponent()
    {
        Assert.All(Page.Section("curves").Rows(), row => Assert.Matches(@"^\d(\.\d{1,3})?e-\d+$", row[5]));
        XElement chart = Page.Section("curves").Descendants("figure").Last();
        Assert.All(chart.Descendants("text").Where(text => text.Attribute("text-anchor")!.Value == "end"), tick => Assert.Matches(@"^(0|\d(\.\d{1,3})?e-\d+)$", tick.Value));
        Assert.Matches(@"^learning rate, epoch 2: \d(\.\d{1,3})?e-\d+$", chart.Descendants("title").Last().Value);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(8)]
    [InlineData(7)]
    [InlineData(6)]
    [InlineData(3)]
    [InlineData(2)]
    public void Figures_fill_their_rows(int figures)
    {
        Dictionary<string, int> layout = ResultSection.Layout(figures).Split("; ").Select(part => part.Split(": ")).ToDictionary(part => part[0], part => int.Parse(part[1]));
        Assert.Equal(0, (figures - 1 + layout["--medium-first"]) % layout["--medium"]);
        Assert.Equal(0, (figures - 1 + layout["--narrow-first"]) % 2);
        Assert.InRange(layout["--medium-first"], 1, layout["--medium"]);
    }

    private static string[] LabelsOf(XElement pair) => [.. pair.Element("h3")!.Nodes().OfType<XText>().Select(text => text.Value.Trim())];
}
