using System.Globalization;

namespace DigitML.Experiments.Charts;

/// <summary>Lines over an axis of whole numbers, such as epochs, with a legend above.</summary>
/// <param name="Title">Title of the chart.</param>
/// <param name="Lines">One or more lines, each with at least one point.</param>
/// <param name="Axis">The vertical axis.</param>
/// <param name="XLabel">Label of the horizontal axis.</param>
internal sealed record LineChart(string Title, IReadOnlyList<Series> Lines, ValueAxis Axis, string XLabel = "epoch")
{
    private const int LegendTop = 34, LegendLine = 17, Colors = 6, ManyPoints = 25, LongestName = 52;

    // Points stay clear of the axes.
    private const double FirstX = 1.5, LastX = 98.5;

    /// <summary>Name of its file, without the extension.</summary>
    internal string FileName => Title.ToLowerInvariant().Replace(' ', '-');

    private string Caption => Axis.IsErrorRate ? $"{Title} (right: accuracy)" : Title;

    /// <summary>The drawing as a file.</summary>
    internal Svg Draw()
    {
        string[] names = ShortNames.Fitting([.. Lines.Select(line => line.Name)], LongestName);
        Markup heading = Markup.Of($"{Svg.Text(Plot.Left, 16, Caption, kind: "chart-title")}{Lines.Select((line, i) => LegendRow(line, names[i], LegendTop + i * LegendLine))}");
        return PlotOf().ToSvg(heading, LegendTop + Lines.Count * LegendLine, Description());
    }

    /// <summary>The chart as a part of a page, with a legend that wraps.</summary>
    internal Markup InPage() => Markup.Of($"""
        <figure>
        <figcaption class="legend"><strong>{Caption}</strong>
        {Lines.Select(line => Markup.Of($"""<span><svg width="18" height="8" aria-hidden="true">{Svg.Line(Kind(line), 0, 4, 18, 4)}</svg> {line.Name}</span>"""))}</figcaption>
        {PlotOf().InPage(Description())}
        </figure>
        """);

    private static Markup LegendRow(Series line, string name, double y) =>
        Markup.Of($"{Svg.Line(Kind(line), Plot.Left, y, Plot.Left + 18, y)}{Svg.Text(Plot.Left + 24, y + 4, name)}");

    private Plot PlotOf()
    {
        var points = Lines.SelectMany(line => line.Points).ToArray();
        var x = AxisScale.Whole((int)points.Min(point => point.X), (int)points.Max(point => point.X), FirstX, LastX);
        AxisScale y = Axis.ScaleOf(points.Select(point => point.Y), Plot.Height, 0);
        return new Plot(x, y, XLabel, tick => Axis.TickText(y, tick), tick => Axis.AccuracyText(y, tick), Markup.Of($"""
            <svg viewBox="0 0 100 {Plot.Height}" width="100%" height="{Plot.Height}" preserveAspectRatio="none" overflow="visible">{Lines.Select(line => Line(line, x, y))}</svg>
            {Lines.Select(line => Dots(line, x, y))}
            """));
    }

    private static Markup Line(Series line, AxisScale x, AxisScale y)
    {
        string points = string.Join(' ', line.Points.Select(point => $"{Svg.Place(x.At(point.X))},{Svg.Place(y.At(point.Y))}"));
        return Markup.Of($"""<polyline class="{Kind(line)}" vector-effect="non-scaling-stroke" points="{points}"/>""");
    }

    private Markup Dots(Series line, AxisScale x, AxisScale y)
    {
        string radius = line.Points.Count > ManyPoints ? "1.5" : "2.5";
        return Markup.Of($"{line.Points.Select(point => Markup.Of($"""<circle class="dot-{line.Color % Colors}" cx="{Plot.Percent(x.At(point.X))}" cy="{Svg.Place(y.At(point.Y))}" r="{radius}"><title>{line.Name}, {XLabel} {point.X}: {Axis.ValueText(point.Y)}</title></circle>"""))}");
    }

    private static string Kind(Series line) => $"line line-{line.Color % Colors}{(line.IsDashed ? " dashed" : "")}";

    private string Description() => $"{Title}. " + string.Join(' ', Lines.Select(line => string.Create(CultureInfo.InvariantCulture,
        $"{line.Name}: {Axis.ValueText(line.Points[0].Y)} at {XLabel} {line.Points[0].X}, {Axis.ValueText(line.Points[^1].Y)} at {XLabel} {line.Points[^1].X}.")));
}
