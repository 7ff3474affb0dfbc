using System.Runtime.CompilerServices;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>
/// A matrix with one row a point and one column an input, for points that come in pairs ±p (and perhaps 0), then ∞. The rows of a pair are E + O and
/// E − O, where E sums over even columns and O over odd ones: half the multiplications. Row order: +p, −p for each pair, 0 where it is a point, ∞.
/// </summary>
internal sealed unsafe class ParityMatrix
{
    // Pinned, so that kernels hold a pointer into it.
    private readonly float[] table;

    /// <summary>Makes the matrix from its rows for +p, 0 and ∞.</summary>
    /// <param name="pairRows">Row of each +p; the row of −p has the signs of odd columns turned.</param>
    /// <param name="zeroRow">Row of 0, with values in even columns only; null where 0 is not a point.</param>
    /// <param name="infinityRow">Row of ∞, with values only in columns of the last column's parity.</param>
    internal ParityMatrix(double[][] pairRows, double[]? zeroRow, double[] infinityRow)
    {
        Columns = infinityRow.Length;
        Pairs = pairRows.Length;
        HasZero = zeroRow is not null;
        double[][] rows = [.. pairRows, .. zeroRow is null ? Array.Empty<double[]>() : [zeroRow], infinityRow];
        table = GC.AllocateArray<float>(rows.Length * Columns, pinned: true);
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                int place = column % 2 == 0 ? column / 2 : EvenColumns + column / 2;
                table[row * Columns + place] = (float)rows[row][column];
            }
        }
    }

    /// <summary>Columns.</summary>
    internal int Columns { get; }

    /// <summary>Columns 0, 2, 4, ...</summary>
    internal int EvenColumns => (Columns + 1) / 2;

    /// <summary>Pairs of points.</summary>
    internal int Pairs { get; }

    /// <summary>Whether 0 is a point.</summary>
    internal bool HasZero { get; }

    /// <summary>Rows.</summary>
    internal int Points => 2 * Pairs + (HasZero ? 1 : 0) + 1;

    /// <summary>For each pair, for 0 and for ∞: the even columns, then the odd ones.</summary>
    internal float* Table => (float*)Unsafe.AsPointer(ref table[0]);
}
