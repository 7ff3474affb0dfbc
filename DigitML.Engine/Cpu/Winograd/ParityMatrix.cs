using System.Runtime.CompilerServices;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>
/// A matrix with one row per point and one column per input, for points in pairs ±p, perhaps 0, and ∞. The rows of a pair are E ± q · O, where E sums over even
/// columns and O over odd ones with the same coefficients: half the multiplications. Row order: +p, −p for each pair, 0 where it is a point, ∞.
/// </summary>
internal sealed unsafe class ParityMatrix
{
    // Pinned, so that kernels hold a pointer into it.
    private readonly float[] table;
    private readonly double[][] dense;

    private ParityMatrix(int columns, int pairs, bool hasZero, bool interpolates, double[][] rows)
    {
        Columns = columns;
        Pairs = pairs;
        HasZero = hasZero;
        Points = 2 * pairs + (hasZero ? 2 : 1);
        Interpolates = interpolates;
        dense = Dense(rows, pairs, hasZero);
        int length = 0;
        foreach (double[] row in rows) length += row.Length;
        table = GC.AllocateArray<float>(length, pinned: true);
        int next = 0;
        foreach (double[] row in rows)
        {
            foreach (double value in row) table[next++] = (float)value;
        }
    }

    /// <summary>Columns.</summary>
    internal int Columns { get; }

    /// <summary>Rows.</summary>
    internal int Points { get; }

    /// <summary>True if it is Bᵀ.</summary>
    internal bool Interpolates { get; }

    /// <summary>Pairs of points.</summary>
    internal int Pairs { get; }

    /// <summary>True if 0 is a point.</summary>
    internal bool HasZero { get; }

    /// <summary>For each pair q, the coefficients c of E, and q · c; then those of the rows of 0 and ∞.</summary>
    internal float* Table => (float*)Unsafe.AsPointer(ref table[0]);

    /// <summary>An entry.</summary>
    internal double this[int point, int column] => dense[point][column];

    /// <summary>
    /// Bᵀ. The row of a point is the polynomial that is 0 at all other finite points: with R(x²) the product of (x² − p'²) over the other pairs,
    /// x · (x ± p) · R where 0 is a point, else (1 ± x / p) · R. The row of ∞ is 0 at all finite points. Leading coefficients are 1.
    /// </summary>
    internal static ParityMatrix Interpolation(double[] pairs, bool hasZero)
    {
        int points = 2 * pairs.Length + (hasZero ? 2 : 1);
        var rows = new double[pairs.Length + 1][];
        for (int i = 0; i < pairs.Length; i++) rows[i] = PairRow(hasZero ? pairs[i] : 1 / pairs[i], Product(pairs, except: i));
        rows[^1] = Product(pairs);
        return new ParityMatrix(points, pairs.Length, hasZero, interpolates: true, rows);
    }

    /// <summary>A (without <paramref name="scale"/>) or G (with): powers of each point, up to <paramref name="columns"/> of them.</summary>
    /// <param name="pairs">p of each pair.</param>
    /// <param name="hasZero">True if 0 is a point.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="scale">Factor on the rows of each pair, and after them on the row of 0; null for 1.</param>
    internal static ParityMatrix Powers(double[] pairs, bool hasZero, int columns, double[]? scale)
    {
        var rows = new double[pairs.Length + 1][];
        for (int i = 0; i < pairs.Length; i++)
        {
            var even = new double[(columns + 1) / 2];
            for (int k = 0; k < even.Length; k++) even[k] = (scale is null ? 1 : scale[i]) * Math.Pow(pairs[i], 2 * k);
            rows[i] = PairRow(pairs[i], even);
        }

        rows[^1] = [scale is null || !hasZero ? 1 : scale[pairs.Length]];
        return new ParityMatrix(columns, pairs.Length, hasZero, interpolates: false, rows);
    }

    // Written without LINQ over doubles, for which .NET would have to compile a hundred methods before the first prediction.

    /// <summary>The coefficients of Π (t − p²) in increasing powers of t, optionally without one of the pairs.</summary>
    internal static double[] Product(double[] pairs, int except = -1)
    {
        double[] product = [1];
        for (int j = 0; j < pairs.Length; j++)
        {
            if (j == except) continue;
            var next = new double[product.Length + 1];
            for (int i = 0; i < product.Length; i++)
            {
                next[i] -= pairs[j] * pairs[j] * product[i];
                next[i + 1] += product[i];
            }

            product = next;
        }

        return product;
    }

    // q, c and q · c.
    private static double[] PairRow(double q, double[] even)
    {
        var row = new double[1 + 2 * even.Length];
        row[0] = q;
        for (int k = 0; k < even.Length; k++)
        {
            row[1 + k] = even[k];
            row[1 + even.Length + k] = q * even[k];
        }

        return row;
    }

    // The table's rows written out: those of +p, −p for each pair, of 0 and of ∞.
    private double[][] Dense(double[][] rows, int pairs, bool hasZero)
    {
        int evens = (rows[0].Length - 1) / 2, evenStart = Interpolates && hasZero ? 2 : 0;
        var dense = new List<double[]>();
        foreach (double[] row in rows.Take(pairs))
        {
            var plus = new double[Columns];
            var minus = new double[Columns];
            for (int k = 0; k < evens; k++)
            {
                if (2 * k + evenStart < Columns) plus[2 * k + evenStart] = minus[2 * k + evenStart] = row[1 + k];
                if (2 * k + 1 < Columns) minus[2 * k + 1] = -(plus[2 * k + 1] = row[1 + evens + k]);
            }

            dense.AddRange([plus, minus]);
        }

        double[] Spread(double[] coefficients, int start)
        {
            var row = new double[Columns];
            for (int k = 0; k < coefficients.Length; k++) row[start + 2 * k] = coefficients[k];
            return row;
        }

        double[] last = rows[^1];
        if (hasZero) dense.Add(Spread(last, 0));
        dense.Add(Interpolates ? Spread(last, hasZero ? 1 : 0) : Spread([1], Columns - 1));
        return [.. dense];
    }
}
