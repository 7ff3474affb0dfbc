using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using DigitML.Experiments.Reports;
using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Reports;

public class RunReportTests(SmallData data) : IClassFixture<SmallData>
{
    private static readonly string[] AllSections =
        ["result", "curves", "confusion", "classes", "calibration", "mistakes", "pairs", "doubts", "data", "network", "plan", "commands"];

    [Fact]
    public void The_report_of_a_run_shows_its_metrics_epochs_mistakes_and_plan()
    {
        XElement page = ReportOf("whole");
        JsonElement metrics = JsonDocument.Parse(File.ReadAllText(data.In("whole/metrics.json"))).RootElement;
        int wrong = (int)Math.Round(100 * (1 - metrics.GetProperty("microAccuracy").GetDouble()));
        Assert.Equal(AllSections, Sections(page));
        Assert.Equal(AllSections, page.Descendants("nav").Descendants("a").Select(link => link.Attribute("href")!.Value[1..]));
        Dictionary<string, string> figures = page.Section("result").Descendants("div").ToDictionary(
            figure => figure.Element("dt")!.Value, figure => figure.Element("dd")!.Nodes().OfType<XText>().First().Value);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{metrics.GetProperty("microAccuracy").GetDouble() * 100:0.00} %"), figures["Accuracy"]);
        Assert.Equal((wrong.ToString(CultureInfo.InvariantCulture), "1,494"), (figures["Mistakes"], figures["Parameters"]));
        Assert.Equal(wrong, page.Section("mistakes").Descendants("img").Count());
        Assert.Equal(20, page.Section("doubts").Descendants("img").Count());
        Assert.Equal(50, page.Section("data").Descendants("img").Count());
        Assert.Equal(["Error rate (right: accuracy)", "Loss", "Learning rate"], page.Section("curves").Descendants("figcaption").Select(caption => caption.Element("strong")!.Value));

        string[] history = File.ReadAllLines(data.In("whole/history.csv"));
        string[][] epochs = page.Section("curves").Rows();
        Assert.Equal(history.Length - 1, epochs.Length);
        Assert.Equal(double.Parse(history[4].Split(',')[2], CultureInfo.InvariantCulture).ToString("F4", CultureInfo.InvariantCulture), epochs[3][1]);
        int[][] counts = metrics.GetProperty("confusionMatrix").GetProperty("counts").Deserialize<int[][]>()!;
        Assert.Equal(counts.Select(row => string.Join(' ', row)), Confusion(page).Select(row => string.Join(' ', row.Select(CountOf))));
        Assert.Contains(page.Section("plan").Descendants("dd"), fact => fact.Value == "360 training rows, 40 held out");
    }

    [Fact]
    public void Its_first_command_does_the_run_again()
    {
        Train("first", "--epochs", "2", "--batch-size", "20", "--seed", "5", "--validation-fraction", "0.2", "--numeric-mode", "exact");
        string command = PageReader.Read(data.In("first/report.html")).Section("commands").Descendants("pre").First().Value;
        string[] words = command[(command.IndexOf(" train ", StringComparison.Ordinal) + 1)..].Split(' ');
        Assert.Equal(["--recipe", data.In("first/recipe.json")], words.SkipWhile(word => word != "--recipe").Take(2));
        Assert.Equal(File.ReadAllText(data.In("first/recipe.json")).Trim(), PageReader.Read(data.In("first/report.html")).Section("plan").Descendants("pre").Single().Value.Trim());
        ConsoleRun again = ConsoleRun.Of([.. words, "--out", data.In("again")]);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(File.ReadAllBytes(data.In("first/model.onnx")), File.ReadAllBytes(data.In("again/model.onnx")));
    }

    [Fact]
    public void A_recipe_of_the_program_is_named_in_the_command()
    {
        ConsoleRun run = ConsoleRun.OnCpu(
            "train", "--data", data.Train, "--recipe", "compact-9768", "--epochs", "1", "--batch-size", "50", "--seed", "7", "--test-time-shifts", "1", "--out", data.In("named"));
        Assert.True(run.ExitCode == 0, run.Error);
        string command = PageReader.Read(data.In("named/report.html")).Section("commands").Descendants("pre").First().Value;
        Assert.EndsWith($"train --data {data.Train} --recipe compact-9768 --epochs 1 --batch-size 50 --seed 7 --test-time-shifts 1", command, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_evaluated_rows_has_a_report_without_them()
    {
        ConsoleRun.Of("train", "--data", data.Train, "--recipe", data.Recipe, "--epochs", "1", "--validation-fraction", "0", "--out", data.In("blind"));
        Assert.Equal(["result", "curves", "data", "network", "plan", "commands"], Sections(PageReader.Read(data.In("blind/report.html"))));
    }

    [Fact]
    public void Several_networks_share_a_report_with_the_curves_of_all()
    {
        ConsoleRun run = Train("two", "--networks", "2", "--epochs", "2");
        Assert.True(run.ExitCode == 0, run.Error);
        XElement page = PageReader.Read(data.In("two/report.html"));
        Assert.Equal(AllSections, Sections(page));
        Assert.Equal(4, page.Section("curves").Descendants("figure").First().Descendants("polyline").Count());
        Assert.EndsWith($" --recipe {data.In("two/recipe.json")}", page.Section("commands").Descendants("pre").First().Value, StringComparison.Ordinal);
        Assert.Contains("\"networks\": 2,", page.Section("plan").Descendants("pre").Single().Value, StringComparison.Ordinal);
        Assert.True(File.Exists(data.In("two/network-2/report.html")));
    }

    [Fact]
    public void Evaluate_writes_a_report_of_any_model_and_data()
    {
        Train("evaluated", "--epochs", "1");
        ConsoleRun run = ConsoleRun.Of("evaluate", "--model", data.In("evaluated/model.onnx"), "--data", data.Train, "--out", data.In("evaluation"));
        Assert.True(run.ExitCode == 0, run.Error);
        XElement page = PageReader.Read(data.In("evaluation/report.html"));
        Assert.Equal(["result", "confusion", "classes", "calibration", "mistakes", "pairs", "doubts", "network", "commands"], Sections(page));
        Assert.Equal(401, File.ReadAllLines(data.In("evaluation/predictions.csv")).Length);
    }

    [Fact]
    public void Charts_are_drawn_and_written_where_they_are_wanted()
    {
        ConsoleRun run = Train("drawn", "--epochs", "2", "--charts", "--plots", data.In("plots"));
        Assert.StartsWith("\n         Error rate  ╌╌ training  ── validation\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("\nactual ", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        string[] files = ["calibration.svg", "confusion-matrix.svg", "error-rate.svg", "filters.svg", "learning-rate.svg", "loss.svg"];
        Assert.Equal(files, Directory.GetFiles(data.In("plots")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal(files, Plots.Names.Select(name => $"{name}.svg").Order(StringComparer.Ordinal));
        Assert.All(files, file => XDocument.Load(data.In($"plots/{file}")));

        string plain = Train("plain", "--epochs", "2", "--json", "--charts").Output;
        Assert.StartsWith("{", plain, StringComparison.Ordinal);
    }

    private XElement ReportOf(string folder)
    {
        ConsoleRun run = Train(folder);
        Assert.True(run.ExitCode == 0, run.Error);
        return PageReader.Read(data.In($"{folder}/report.html"));
    }

    private ConsoleRun Train(string folder, params string[] more) => ConsoleRun.Of(
        ["train", "--data", data.Train, "--test-data", data.Test, "--recipe", data.Recipe, "--out", data.In(folder), .. more]);

    // Cells by row.
    private static IEnumerable<XElement[]> Confusion(XElement page) =>
        page.Section("confusion").Descendants("table").First().Element("tbody")!.Elements("tr").Select(row => row.Elements("td").ToArray());

    private static string CountOf(XElement cell) => cell.DescendantNodes().OfType<XText>().FirstOrDefault()?.Value ?? "0";

    private static IEnumerable<string> Sections(XElement page) => page.Descendants("section").Select(section => section.Attribute("id")!.Value);
}
