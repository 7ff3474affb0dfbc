using DigitML.Engine.Datasets;
using DigitML.Experiments.Charts;
using DigitML.Model.Images;

namespace DigitML.Experiments.Reports;

/// <summary>Images of a dataset inside a page.</summary>
internal static class Pictures
{
    private const int Side = 56;

    /// <summary>An enlarged image, with sharp square pixels.</summary>
    /// <param name="pixels">Height x Width values of ink.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="description">What it shows; empty if a text beside it says that.</param>
    internal static Markup Of(ReadOnlySpan<byte> pixels, int height, int width, string description)
    {
        using var png = new MemoryStream();
        new DigitImage(height, width, pixels.ToArray(), description).SavePng(png);
        string data = Convert.ToBase64String(png.GetBuffer(), 0, (int)png.Length);

        // A whole number of screen pixels per pixel where that is possible.
        double longer = Math.Max(height, width), scale = longer <= Side ? Math.Floor(Side / longer) : Side / longer;
        return Markup.Of($"""<img class="digit" width="{(int)Math.Round(width * scale)}" height="{(int)Math.Round(height * scale)}" alt="{description}" src="data:image/png;base64,{new Markup(data)}">""");
    }

    /// <summary>A row of a dataset with a caption that ends with its number.</summary>
    /// <param name="images">The dataset; null for the caption alone.</param>
    /// <param name="row">Index of the row, from 0.</param>
    /// <param name="description">What it shows.</param>
    /// <param name="caption">Lines of the caption.</param>
    internal static Markup Captioned(DigitDataset? images, int row, string description, Markup caption) => Markup.Of($"""
        <li><figure title="{description}">{(images is null ? null : Of(images.Image(row), images.Height, images.Width, description))}<figcaption>{caption}<small>row {row + 1:N0}</small></figcaption></figure></li>
        """);

    /// <summary>Captioned pictures in rows.</summary>
    internal static Markup Gallery(IEnumerable<Markup> pictures) => Markup.Of($"""
        <ul class="gallery">
        {pictures}
        </ul>
        """);
}
