namespace DigitML.Engine.Cpu.Memory;

/// <summary>
/// A matrix of K rows and padded columns, cut into panels of two vectors of columns (the last may be one), each panel with its K rows one after the
/// other: the order in which kernels read weights.
/// </summary>
/// <param name="Rows">K: the length of the reduction.</param>
/// <param name="Vectors">Vectors of columns.</param>
/// <param name="Lanes">Floats in a vector.</param>
internal readonly record struct PanelLayout(int Rows, int Vectors, int Lanes)
{
    /// <summary>Panels of one or two vectors.</summary>
    internal int Panels => (Vectors + 1) / 2;

    /// <summary>Floats of all panels.</summary>
    internal int Size => Rows * Vectors * Lanes;

    /// <summary>Columns, padding included.</summary>
    internal int Columns => Vectors * Lanes;

    /// <summary>The layout of a matrix with at least <paramref name="columns"/> columns.</summary>
    internal static PanelLayout Create(int rows, int columns, int lanes) => new(rows, (columns + lanes - 1) / lanes, lanes);

    /// <summary>Vectors (1 or 2) in a panel.</summary>
    internal int VectorsOf(int panel) => Math.Min(2, Vectors - 2 * panel);

    /// <summary>Offset of a panel.</summary>
    internal int OffsetOf(int panel) => panel * 2 * Lanes * Rows;

    /// <summary>Offset of an element.</summary>
    internal int PositionOf(int row, int column)
    {
        int panel = column / (2 * Lanes);
        return OffsetOf(panel) + row * VectorsOf(panel) * Lanes + column % (2 * Lanes);
    }
}
