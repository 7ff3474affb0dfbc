using System.Xml.Linq;
using DigitML.Experiments.Charts;
using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Charts;

/// <summary>Charts as files: well-formed, and with what they were given.</summary>
public class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_line_chart_has_a_line_a_legend_and_a_point_for_each_value()
    {
        var chart = new LineChart("Loss & more", [new Series("training", [(1, 0.5), (2, 0.05), (3, 0.02)], 0), new Series("<validation>", [(1, 0.1), (3, 0.03)], 1, IsDashed: true)], ValueAxis.Logarithmic);
        XElement svg = Parse(chart.Draw());
        Assert.Equal(["line line-0", "line line-1 dashed"], svg.Descendants(Svg + "polyline").Select(line => line.Attribute("class")!.Value));
        Assert.Equal(5, svg.Descendants(Svg + "circle").Count());
        Assert.Equal("<validation>, epoch 3: 0.03", svg.Descendants(Svg + "circle").Last().Element(Svg + "title")!.Value);
        Assert.Subset(svg.Descendants(Svg + "text").Select(text => text.Value).ToHashSet(), (HashSet<string>)["Loss & more", "training", "<validation>", "epoch"]);
        double[] heights = [.. svg.Descendants(Svg + "circle").Take(3).Select(dot => (double)dot.Attribute("cy")!)];
        Assert.True(heights[0] < heights[1] && heights[1] < heights[2], "a larger loss is higher up");
        Assert.StartsWith("Loss & more. training: 0.5 at epoch 1, 0.02 at epoch 3.", svg.Attribute("aria-label")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heat_map_has_the_counts_and_shades_mistakes_by_how_many_there_are()
    {
        XElement svg = Parse(new ConfusionHeatMap(new ConfusionCounts([[8, 1, 1], [4, 6, 0], [0, 0, 0]], ["a", "b", "a long label"])).Draw());
        Assert.Equal(["8", "1", "1", "4", "6"], svg.Descendants(Svg + "g").SelectMany(cell => cell.Elements(Svg + "text").Take(1)).Select(text => text.Value));
        Assert.Equal(["80.0 %", "10.0 %", "10.0 %", "40.0 %", "60.0 %"], svg.Descendants(Svg + "g").SelectMany(cell => cell.Elements(Svg + "text").Skip(1)).Select(text => text.Value));
        double[] shades = [.. svg.Descendants(Svg + "rect").Where(cell => cell.Attribute("class")!.Value == "cell-wrong").Select(cell => (double)cell.Attribute("fill-opacity")!)];
        Assert.Equal([0.31, 0.31, 0.5], shades);
        Assert.Contains(svg.Descendants(Svg + "text"), text => text.Value == "a long…");
    }

    [Fact]
    public void A_heat_map_of_many_classes_has_hints_in_place_of_texts()
    {
        int[][] counts = [.. Enumerable.Range(0, 47).Select(row => Enumerable.Range(0, 47).Select(column => row == column ? 5 : 0).ToArray())];
        XElement svg = Parse(new ConfusionHeatMap(new ConfusionCounts(counts, [.. Enumerable.Range(0, 47).Select(key => $"{key}")])).Draw());
        Assert.Empty(svg.Descendants(Svg + "g").Elements(Svg + "text"));
        Assert.Equal("actual 46, predicted 46: 5 of 5 rows", svg.Descendants(Svg + "title").Last().Value);
    }

    private static XElement Parse(Svg chart) => XDocument.Parse(chart.ToFile()).Root!;
}
