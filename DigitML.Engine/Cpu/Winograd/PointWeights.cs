using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>Transforms packed weights to the points of a tile, U = G g Gᵀ, and gradients at the points back, dg = Gᵀ dU G.</summary>
internal sealed unsafe class PointWeights<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private const int RowsPerPart = 4;

    // A power of two as the distance between points would map all points of a weight to the same few sets of a cache.
    private const int PointGap = 16;

    private readonly ParityTransform<TVector, TSimd> transform;
    private readonly WinogradTile tile;
    private readonly PanelLayout packed;
    private readonly bool isMirrored;

    /// <param name="tile">F(m, r).</param>
    /// <param name="rows">Channels that products sum over.</param>
    /// <param name="packed">The packed weights: rows run over (kh, kw, channel), backwards in kh and kw where they are mirrored.</param>
    /// <param name="isMirrored">True if they are.</param>
    internal PointWeights(WinogradTile tile, int rows, PanelLayout packed, bool isMirrored)
    {
        this.tile = tile;
        this.packed = packed;
        this.isMirrored = isMirrored;
        transform = new ParityTransform<TVector, TSimd>(tile.Weight);
        Panels = packed with { Rows = rows };
    }

    /// <summary>The layout of the weights of one point.</summary>
    internal PanelLayout Panels { get; }

    /// <summary>Floats from a point's weights to the next point's.</summary>
    internal int Stride => Panels.Size + PointGap;

    /// <summary>Floats of all points.</summary>
    internal int Length => tile.Points * tile.Points * Stride;

    /// <summary>Number of parts that the rows are split into.</summary>
    internal int Parts => (Panels.Rows + RowsPerPart - 1) / RowsPerPart;

    /// <summary>U of one part's rows.</summary>
    internal void Evaluate(float* weights, float* points, int part)
    {
        float* scratch = stackalloc float[tile.Points * tile.Taps * TSimd.Lanes];
        int end = Math.Min((part + 1) * RowsPerPart, Panels.Rows);
        for (int row = part * RowsPerPart; row < end; row++)
        {
            for (int column = 0; column < Panels.Columns; column += TSimd.Lanes)
            {
                (nint first, nint right) = TapsOf(row, column);
                transform.Evaluate(1, weights + first, tile.Taps * right, right, points + Panels.PositionOf(row, column), Stride, scratch);
            }
        }
    }

    /// <summary>dg of one part's rows, in the packed layout.</summary>
    internal void Join(float* points, float* weights, int part)
    {
        float* scratch = stackalloc float[tile.Points * tile.Taps * TSimd.Lanes];
        int end = Math.Min((part + 1) * RowsPerPart, Panels.Rows);
        for (int row = part * RowsPerPart; row < end; row++)
        {
            for (int column = 0; column < Panels.Columns; column += TSimd.Lanes)
            {
                (nint first, nint right) = TapsOf(row, column);
                transform.Join(1, points + Panels.PositionOf(row, column), Stride, weights + first, tile.Taps * right, right, scratch);
            }
        }
    }

    /// <summary>U of one point alone.</summary>
    internal void EvaluatePoint(float* weights, int point, float* destination)
    {
        int taps = tile.Taps * tile.Taps;
        float* coefficients = stackalloc float[taps];
        for (int tap = 0; tap < taps; tap++)
        {
            double coefficient = tile.Weight[point / tile.Points, tap / tile.Taps] * tile.Weight[point % tile.Points, tap % tile.Taps];
            coefficients[isMirrored ? taps - 1 - tap : tap] = (float)coefficient;
        }

        for (int panel = 0; panel < Panels.Panels; panel++)
        {
            int length = Panels.Rows * Panels.VectorsOf(panel) * TSimd.Lanes;
            float* source = weights + packed.OffsetOf(panel), result = destination + Panels.OffsetOf(panel);
            for (int i = 0; i < length; i += TSimd.Lanes)
            {
                TVector sum = TSimd.Multiply(TSimd.Load(source + i), TSimd.Create(coefficients[0]));
                float* weight = source + i + length;
                for (int tap = 1; tap < taps; tap++, weight += length)
                {
                    sum = TSimd.MultiplyAdd(TSimd.Load(weight), TSimd.Create(coefficients[tap]), sum);
                }

                TSimd.Store(sum, result + i);
            }
        }
    }

    // Position of a weight's first tap, and the floats to the next.
    private (nint First, nint Right) TapsOf(int row, int column)
    {
        int last = tile.Taps * tile.Taps - 1;
        nint right = (nint)Panels.Rows * packed.VectorsOf(column / (2 * TSimd.Lanes)) * TSimd.Lanes;
        return isMirrored ? (packed.PositionOf(last * Panels.Rows + row, column), -right) : (packed.PositionOf(row, column), right);
    }
}
