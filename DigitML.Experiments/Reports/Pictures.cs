using DigitML.Model.Images;
using DigitML.Experiments.Charts;

namespace DigitML.Experiments.Reports;

/// <summary>Images of a dataset inside a page.</summary>
internal static class Pictures
{
    /// <summary>An enlarged image, with sharp square pixels.</summary>
    /// <param name="pixels">Height x Width values of ink.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="description">What it shows.</param>
    internal static Markup Of(ReadOnlySpan<byte> pixels, int height, int width, string description)
    {
        using var png = new MemoryStream();
        new DigitImage(height, width, pixels.ToArray(), description).SavePng(png);
        string data = Convert.ToBase64String(png.GetBuffer(), 0, (int)png.Length);
        return Markup.Of($"""<img class="digit" width="56" height="56" alt="{description}" src="data:image/png;base64,{new Markup(data)}">""");
    }
}
