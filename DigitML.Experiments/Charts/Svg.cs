using System.Globalization;
using System.Text;
using DigitML.Model.Files;

namespace DigitML.Experiments.Charts;

/// <summary>A drawing.</summary>
/// <param name="Width">Width in SVG units.</param>
/// <param name="Height">Height in SVG units.</param>
/// <param name="Description">What it shows, for screen readers.</param>
/// <param name="Content">Its elements.</param>
internal sealed record Svg(int Width, int Height, string Description, Markup Content)
{
    private const string Mark = "<!-- Drawn by DigitML, which may replace this file. -->";

    /// <summary>The colours of charts: light, or dark if the reader prefers it.</summary>
    internal static string Style { get; } = EmbeddedText.Read(typeof(Svg), "charts.css");

    /// <summary>As a part of a page, whose style sheet defines the colours; smaller where there is less room.</summary>
    internal Markup InPage() => Markup.Of($"""<svg class="chart picture" width="{Width}" viewBox="0 0 {Width} {Height}" role="img" aria-label="{Description}">{Content}</svg>""");

    /// <summary>As a separate file.</summary>
    internal string ToFile() => Markup.Of($"""
        <?xml version="1.0" encoding="utf-8"?>
        {new Markup(Mark)}
        <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img" aria-label="{Description}">
        <style>
        {new Markup(Style)}</style>
        {Content}
        </svg>

        """).Text;

    /// <summary>True if a file was written by <see cref="ToFile"/>.</summary>
    internal static bool IsFile(string path)
    {
        var start = new byte[128];
        using FileStream stream = File.OpenRead(path);
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(start, 0, length).Contains(Mark, StringComparison.Ordinal);
    }

    /// <summary>A text element.</summary>
    /// <param name="x">Where it is anchored.</param>
    /// <param name="y">Its baseline.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor">"start", "middle" or "end".</param>
    /// <param name="kind">Its class in the style sheet.</param>
    /// <param name="size">Its size; null for the chart's.</param>
    internal static Markup Text(double x, double y, string text, string anchor = "start", string kind = "chart-text", double? size = null) =>
        Markup.Of($"""<text class="{kind}" x="{Place(x)}" y="{Place(y)}" text-anchor="{anchor}"{(size is double units ? Markup.Of($" font-size=\"{Place(units)}\"") : null)}>{text}</text>""");

    /// <summary>A straight line.</summary>
    internal static Markup Line(string kind, double x1, double y1, double x2, double y2) =>
        Markup.Of($"""<line class="{kind}" x1="{Place(x1)}" y1="{Place(y1)}" x2="{Place(x2)}" y2="{Place(y2)}"/>""");

    /// <summary>A position or a length, with as many digits as are visible.</summary>
    internal static string Place(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
