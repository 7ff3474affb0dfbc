namespace DigitML.Engine.Networks;

/// <summary>A height and a width: of a kernel, a pooling window or a stride. A single number converts to a square.</summary>
public readonly record struct Size2D(int Height, int Width)
{
    /// <summary>A square of the given side.</summary>
    public static implicit operator Size2D(int side) => new(side, side);

    /// <summary>A square of the given side.</summary>
    public static Size2D FromInt32(int side) => side;

    /// <summary>"5x5".</summary>
    public override string ToString() => $"{Height}x{Width}";
}
