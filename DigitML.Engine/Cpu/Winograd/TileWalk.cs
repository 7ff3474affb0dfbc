using DigitML.Engine.Cpu.Memory;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Walks through the tiles of some images, row by row, without a division per tile.</summary>
internal unsafe ref struct TileWalk
{
    private readonly int across, down, step;
    private int tileRow, tileColumn;

    /// <param name="shape">How images are cut.</param>
    /// <param name="first">The tile to start at, counted from the first image's.</param>
    internal TileWalk(WinogradShape shape, int first)
    {
        across = shape.Across;
        down = shape.Down;
        step = shape.Tile.Outputs;
        (Image, int inImage) = Math.DivRem(first, shape.PerImage);
        (tileRow, tileColumn) = Math.DivRem(inImage, across);
    }

    /// <summary>The tile's image.</summary>
    internal int Image { get; private set; }

    /// <summary>The tile's first output row.</summary>
    internal readonly int Row => tileRow * step;

    /// <summary>The tile's first output column.</summary>
    internal readonly int Column => tileColumn * step;

    /// <summary>The tile's corner in images of which pixel (0, 0) of the first is at <paramref name="pixel"/>.</summary>
    internal readonly float* CornerOf(float* pixel, ImageLayout layout) =>
        pixel + Image * (nint)layout.SampleStride + Row * (nint)layout.RowStride + Column * (nint)layout.PixelStride;

    /// <summary>Moves to the next tile.</summary>
    internal void Next()
    {
        if (++tileColumn < across) return;
        tileColumn = 0;
        if (++tileRow < down) return;
        tileRow = 0;
        Image++;
    }
}
