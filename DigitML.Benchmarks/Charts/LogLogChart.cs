using System.Globalization;
using System.Text;

namespace DigitML.Benchmarks.Charts;

/// <summary>A line over the marks on a panel's x axis.</summary>
/// <param name="Name">Its name in the legend; lines with the same name have the same colour in all panels.</param>
/// <param name="Values">One value per mark, above 0.</param>
/// <param name="IsDashed">True if it is a reference line rather than a measurement.</param>
internal sealed record Line(string Name, double[] Values, bool IsDashed = false);

/// <summary>One chart in a row of charts.</summary>
/// <param name="Title">Title of its x axis.</param>
/// <param name="Marks">The x values of the measurements, in ascending order.</param>
/// <param name="Lines">The lines, the same ones in every panel.</param>
internal sealed record Panel(string Title, double[] Marks, Line[] Lines);

/// <summary>Charts side by side as SVG, both axes logarithmic, with one y axis for all.</summary>
internal static class LogLogChart
{
    private const int PanelWidth = 270, PanelHeight = 260, Gap = 28, Left = 64, Top = 66, Bottom = 52, Right = 20;

    private static readonly string[] Colors = ["#1f6fb2", "#c8553d", "#2e8b57"];

    /// <summary>The whole SVG document.</summary>
    internal static string Draw(string title, Panel[] panels)
    {
        double[] values = [.. panels.SelectMany(panel => panel.Lines).SelectMany(line => line.Values)];
        var y = new LogScale(LogScale.Below(values.Min()), LogScale.Above(values.Max()), Top + PanelHeight, Top);
        int width = Left + panels.Length * PanelWidth + (panels.Length - 1) * Gap + Right, height = Top + PanelHeight + Bottom;
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\" stroke=\"none\">");
        Add(svg, $"<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>");
        Add(svg, $"<text x=\"{Left}\" y=\"24\" font-size=\"15\" fill=\"#222222\">{title}</text>");
        DrawLegend(svg, panels[0].Lines);
        for (int i = 0; i < panels.Length; i++) DrawPanel(svg, panels[i], Left + i * (PanelWidth + Gap), y, withLabels: i == 0);
        Add(svg, $"</svg>");
        return svg.ToString();
    }

    private static void DrawLegend(StringBuilder svg, Line[] lines)
    {
        for (int i = 0, x = Left; i < lines.Length; i++, x += 110)
        {
            Add(svg, $"<line x1=\"{x}\" y1=\"44\" x2=\"{x + 24}\" y2=\"44\" {Stroke(lines[i], i)}/>");
            Add(svg, $"<text x=\"{x + 30}\" y=\"48\" fill=\"#222222\">{lines[i].Name}</text>");
        }
    }

    private static void DrawPanel(StringBuilder svg, Panel panel, int left, LogScale y, bool withLabels)
    {
        const int Margin = 14;
        var x = new LogScale(panel.Marks[0], panel.Marks[^1], left + Margin, left + PanelWidth - Margin);
        foreach ((double value, bool isDecade) in y.Ticks())
        {
            double at = y.At(value);
            Add(svg, $"<line x1=\"{left}\" y1=\"{at:0.#}\" x2=\"{left + PanelWidth}\" y2=\"{at:0.#}\" stroke=\"{(isDecade ? "#c8c8c8" : "#ececec")}\"/>");
            if (withLabels) Add(svg, $"<text x=\"{left - 8}\" y=\"{at + 4:0.#}\" text-anchor=\"end\" fill=\"#444444\">{value:N0}</text>");
        }

        foreach (double mark in panel.Marks)
        {
            Add(svg, $"<line x1=\"{x.At(mark):0.#}\" y1=\"{Top}\" x2=\"{x.At(mark):0.#}\" y2=\"{Top + PanelHeight + 4}\" stroke=\"#ececec\"/>");
            Add(svg, $"<text x=\"{x.At(mark):0.#}\" y=\"{Top + PanelHeight + 18}\" text-anchor=\"middle\" fill=\"#444444\">{mark:0}</text>");
        }

        Add(svg, $"<rect x=\"{left}\" y=\"{Top}\" width=\"{PanelWidth}\" height=\"{PanelHeight}\" fill=\"none\" stroke=\"#888888\"/>");
        Add(svg, $"<text x=\"{left + PanelWidth / 2}\" y=\"{Top + PanelHeight + 38}\" text-anchor=\"middle\" fill=\"#222222\">{panel.Title}</text>");
        for (int i = 0; i < panel.Lines.Length; i++)
        {
            Line line = panel.Lines[i];
            (double X, double Y)[] points = [.. panel.Marks.Zip(line.Values, (mark, value) => (x.At(mark), y.At(value)))];
            string path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
            Add(svg, $"<polyline points=\"{path}\" fill=\"none\" {Stroke(line, i)}/>");
            if (line.IsDashed) continue;
            foreach ((double px, double py) in points) Add(svg, $"<circle cx=\"{px:0.#}\" cy=\"{py:0.#}\" r=\"3\" fill=\"{Colors[i % Colors.Length]}\"/>");
        }
    }

    private static string Stroke(Line line, int index) =>
        line.IsDashed ? "stroke=\"#888888\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"" : $"stroke=\"{Colors[index % Colors.Length]}\" stroke-width=\"2\"";

    private static void Add(StringBuilder svg, FormattableString element) => svg.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
