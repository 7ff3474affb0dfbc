using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>How an image is cut into tiles, and how the tiles of a strip are laid out in memory.</summary>
/// <param name="Tile">F(m, r).</param>
/// <param name="OutputHeight">Rows of the convolution's output.</param>
/// <param name="OutputWidth">Columns of the convolution's output.</param>
/// <param name="InputChannels">Padded channels of the input.</param>
/// <param name="OutputChannels">Padded channels of the output.</param>
internal sealed record WinogradShape(WinogradTile Tile, int OutputHeight, int OutputWidth, int InputChannels, int OutputChannels)
{
    // Points of a strip's tiles, both sides together, that stay in the L2 cache beside the weights.
    private const int StripFloats = 64 * 1024;

    // Points of a strip that nearly fit into the L1 cache: then a strip is no longer than the rows of one product.
    private const int SmallStripFloats = 18 * 1024;

    // Shorter strips would pass over the weights and their gradients too often.
    private const int LeastTiles = 16;

    /// <summary>Maximum number of rows of a product at the widest vectors.</summary>
    internal const int FullRows = 14;

    // A power of two as the distance between points would map all points of a tile to the same few sets of a cache.
    private const int PointGap = 16;

    /// <summary>Tiles down an image.</summary>
    internal int Down => (OutputHeight + Tile.Outputs - 1) / Tile.Outputs;

    /// <summary>Tiles along an image.</summary>
    internal int Across => (OutputWidth + Tile.Outputs - 1) / Tile.Outputs;

    /// <summary>Tiles of an image.</summary>
    internal int PerImage => Down * Across;

    /// <summary>Points of a tile.</summary>
    internal int Points => Tile.Points * Tile.Points;

    private int TileFloats => Points * (InputChannels + OutputChannels);

    /// <summary>Maximum number of tiles per strip.</summary>
    internal int StripTiles => FullRows * TileFloats <= SmallStripFloats ? FullRows : Math.Max(LeastTiles, StripFloats / TileFloats);

    /// <summary>Floats from a point of the input side to the next.</summary>
    internal int InputStride => StripTiles * InputChannels + PointGap;

    /// <summary>Floats from a point of the output side to the next.</summary>
    internal int OutputStride => StripTiles * OutputChannels + PointGap;

    /// <summary>Tiles of each strip when <paramref name="tiles"/> are cut into strips of about equal size.</summary>
    internal int StripSize(int tiles)
    {
        int strips = (tiles + StripTiles - 1) / StripTiles;
        return (tiles + strips - 1) / strips;
    }

    /// <summary>The tiles of a convolution.</summary>
    internal static WinogradShape Of(Shape output, WinogradTile tile, int inputChannels, int outputChannels) =>
        new(tile, output.Height, output.Width, inputChannels, outputChannels);

    /// <summary>Zeros around the input as far as tiles reach: the padding, and whatever the last tiles extend over below and on the right.</summary>
    internal Margins InputMargins(Shape input, Margins padding) => new(
        padding.Top, padding.Left,
        Math.Max(padding.Bottom, Down * Tile.Outputs + Tile.Taps - 1 - padding.Top - input.Height),
        Math.Max(padding.Right, Across * Tile.Outputs + Tile.Taps - 1 - padding.Left - input.Width));

    /// <summary>Zeros around the output's gradient as far as tiles reach.</summary>
    internal Margins OutputMargins => new(0, 0, Down * Tile.Outputs - OutputHeight, Across * Tile.Outputs - OutputWidth);
}
