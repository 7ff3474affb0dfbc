using System.Globalization;

namespace DigitML.Experiments.Charts;

/// <summary>Lines over an axis of whole numbers, such as epochs, with a legend above.</summary>
/// <param name="Title">Title of the chart.</param>
/// <param name="Lines">One or more lines, each with at least one point.</param>
/// <param name="IsLogarithmic">True if the vertical axis is logarithmic.</param>
/// <param name="XLabel">Label of the horizontal axis.</param>
internal sealed record LineChart(string Title, IReadOnlyList<Series> Lines, bool IsLogarithmic = false, string XLabel = "epoch")
{
    private const int Width = 420, PlotHeight = 190, Left = 58, Right = 14, LegendTop = 34, LegendLine = 17, Bottom = 42, Colors = 6, LegendColumns = 2, LongestName = 22;

    /// <summary>Name of its file, without the extension.</summary>
    internal string FileName => Title.ToLowerInvariant().Replace(' ', '-');

    /// <summary>The drawing.</summary>
    internal Svg Draw()
    {
        int top = LegendTop + LegendLine * ((Lines.Count + LegendColumns - 1) / LegendColumns), bottom = top + PlotHeight, right = Width - Right;
        var points = Lines.SelectMany(line => line.Points).ToArray();
        var x = AxisScale.Whole((int)points.Min(point => point.X), (int)points.Max(point => point.X), Left + 6, right - 6);
        IEnumerable<double> values = points.Select(point => point.Y);
        AxisScale y = IsLogarithmic ? AxisScale.Logarithmic(values, bottom, top) : AxisScale.Linear(values, bottom, top);
        return new Svg(Width, bottom + Bottom, Description(), Markup.Of($"""
            {Svg.Text(Left, 16, Title, kind: "chart-title")}
            {Lines.Select(Legend)}
            {y.Ticks.Select(tick => Svg.Line("grid", Left, y.At(tick), right, y.At(tick)))}
            {y.Ticks.Select(tick => Svg.Text(Left - 7, y.At(tick) + 4, y.Text(tick), "end"))}
            {x.Ticks.Select(tick => Svg.Line("axis", x.At(tick), bottom, x.At(tick), bottom + 4))}
            {x.Ticks.Select(tick => Svg.Text(x.At(tick), bottom + 18, x.Text(tick), "middle"))}
            {Svg.Line("axis", Left, bottom, right, bottom)}
            {Svg.Text((Left + right) / 2, bottom + 36, XLabel, "middle")}
            {Lines.Select(line => Draw(line, x, y))}
            """));
    }

    private static Markup Legend(Series line, int index)
    {
        double x = Left + index % LegendColumns * (Width - Left - Right) / LegendColumns, y = LegendTop + index / LegendColumns * LegendLine;
        return Markup.Of($"{Svg.Line(Kind(line), x, y, x + 18, y)}{Svg.Text(x + 24, y + 4, Short(line.Name))}");
    }

    private Markup Draw(Series line, AxisScale x, AxisScale y)
    {
        string points = string.Join(' ', line.Points.Select(point => $"{Svg.Place(x.At(point.X))},{Svg.Place(y.At(point.Y))}"));
        string radius = line.Points.Count > 25 ? "1.5" : "2.5";
        return Markup.Of($"""
            <polyline class="{Kind(line)}" points="{points}"/>
            {line.Points.Select(point => Markup.Of($"""<circle class="dot-{line.Color % Colors}" cx="{Svg.Place(x.At(point.X))}" cy="{Svg.Place(y.At(point.Y))}" r="{radius}"><title>{line.Name}, {XLabel} {point.X}: {Number(point.Y)}</title></circle>"""))}
            """);
    }

    private static string Short(string name) => name.Length <= LongestName ? name : $"…{name[^(LongestName - 1)..]}";

    private static string Kind(Series line) => $"line line-{line.Color % Colors}{(line.IsDashed ? " dashed" : "")}";

    private string Description() => $"{Title}. " + string.Join(' ', Lines.Select(line => string.Create(CultureInfo.InvariantCulture,
        $"{line.Name}: {Number(line.Points[0].Y)} at {XLabel} {line.Points[0].X}, {Number(line.Points[^1].Y)} at {XLabel} {line.Points[^1].X}.")));

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
