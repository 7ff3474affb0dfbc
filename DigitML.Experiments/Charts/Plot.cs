using System.Globalization;

namespace DigitML.Experiments.Charts;

/// <summary>
/// The area of a chart between its axes, with the texts around it. Heights are pixels and horizontal positions percentages of a width that the page decides, so that text has the same
/// size on every screen.
/// </summary>
/// <param name="X">Horizontal scale, from 0 to 100.</param>
/// <param name="Y">Vertical scale, from <see cref="Height"/> to 0.</param>
/// <param name="XLabel">Label of the horizontal axis.</param>
/// <param name="YText">The text at the left of a vertical tick.</param>
/// <param name="RightText">The text at its right; null for none.</param>
/// <param name="Content">What is drawn between the axes.</param>
internal sealed record Plot(AxisScale X, AxisScale Y, string XLabel, Func<double, string> YText, Func<double, string?> RightText, Markup Content)
{
    /// <summary>Height between the axes, in pixels.</summary>
    internal const int Height = 190;

    /// <summary>Height of the texts below the horizontal axis.</summary>
    internal const int Below = 42;

    /// <summary>Width of the texts at the left.</summary>
    internal const int Left = 52;

    private const int WideRight = 52, NarrowRight = 12, Above = 10, FileWidth = 420;

    private int Right => RightText(Y.Ticks[0]) is null ? NarrowRight : WideRight;

    /// <summary>A horizontal position, in percent of the width.</summary>
    internal static string Percent(double x) => $"{x.ToString("0.##", CultureInfo.InvariantCulture)}%";

    /// <summary>As a part of a page: as wide as its place.</summary>
    /// <param name="description">What it shows, for screen readers.</param>
    internal Markup InPage(string description) => Markup.Of($"""
        <svg class="chart plot" height="{Height + Above + Below}" role="img" aria-label="{description}" style="margin: 0 {Right}px 0 {Left}px; width: calc(100% - {Left + Right}px)">
        <g transform="translate(0 {Above})">{Draw()}</g></svg>
        """);

    /// <summary>As a file, below a title and a legend.</summary>
    /// <param name="heading">Title and legend.</param>
    /// <param name="headingHeight">Their height.</param>
    /// <param name="description">What the chart shows, for screen readers.</param>
    internal Svg ToSvg(Markup heading, int headingHeight, string description) => new(FileWidth, headingHeight + Height + Below, description, Markup.Of($"""
        {heading}
        <svg x="{Left}" y="{headingHeight}" width="{FileWidth - Left - Right}" height="{Height}" overflow="visible">{Draw()}</svg>
        """));

    private Markup Draw() => Markup.Of($"""
        {Y.Ticks.Select(tick => Markup.Of($"""<line class="grid" x1="0" y1="{Svg.Place(Y.At(tick))}" x2="100%" y2="{Svg.Place(Y.At(tick))}"/>"""))}
        {Y.Ticks.Select(tick => Text("0", -7, Y.At(tick) + 4, YText(tick), "end"))}
        {Y.Ticks.Where(tick => RightText(tick) is not null).Select(tick => Text("100%", 7, Y.At(tick) + 4, RightText(tick)!, "start"))}
        {X.Ticks.Select(tick => Markup.Of($"""<line class="axis" x1="{Percent(X.At(tick))}" y1="{Height}" x2="{Percent(X.At(tick))}" y2="{Height + 4}"/>"""))}
        {X.Ticks.Select(tick => Text(Percent(X.At(tick)), 0, Height + 18, X.Text(tick), "middle"))}
        <line class="axis" x1="0" y1="{Height}" x2="100%" y2="{Height}"/>
        {Text("50%", 0, Height + 36, XLabel, "middle")}
        {Content}
        """);

    private static Markup Text(string x, int dx, double y, string text, string anchor) =>
        Markup.Of($"""<text class="chart-text" x="{x}" dx="{dx}" y="{Svg.Place(y)}" text-anchor="{anchor}">{text}</text>""");
}
