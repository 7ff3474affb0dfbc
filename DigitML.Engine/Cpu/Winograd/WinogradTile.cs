namespace DigitML.Engine.Cpu.Winograd;

/// <summary>
/// Minimal filtering F(m, r): m outputs of a correlation with r taps from m + r − 1 multiplications, y = Aᵀ[(G g) ⊙ (Bᵀ d)], in two dimensions on tiles
/// of m x m. Winograd 1980; Lavin and Gray 2016, "Fast algorithms for convolutional neural networks". The matrices follow from the points at which the
/// polynomials are evaluated (Toom and Cook), ∞ always among them.
/// </summary>
internal sealed class WinogradTile
{
    // Points chosen for small rounding errors; the errors are relative ones, against double precision.
    private static readonly (int Outputs, int Taps, bool HasZero, double[] Pairs, double Error)[] Known =
    [
        (2, 5, true, [2.0 / 3, 3.0 / 2], 6e-7),
        (4, 3, true, [5.0 / 8, 3.0 / 2], 6e-7),
        (5, 3, false, [3.0 / 8, 7.0 / 8, 2], 1.4e-6),
        (6, 3, true, [1.0 / 2, 1, 2], 2.2e-6),
        (4, 5, true, [1.0 / 2, 1, 7.0 / 4], 2.4e-6),
        (7, 3, false, [1.0 / 4, 3.0 / 4, 9.0 / 8, 2], 7e-6),
        (7, 5, false, [1.0 / 4, 1.0 / 2, 7.0 / 8, 3.0 / 2, 3], 3.5e-5),
    ];

    private WinogradTile(int outputs, int taps, bool hasZero, double[] pairs)
    {
        Outputs = outputs;
        Taps = taps;
        Input = ParityMatrix.Interpolation(pairs, hasZero);
        Output = ParityMatrix.Powers(pairs, hasZero, outputs, scale: null);
        var scale = new double[pairs.Length + 1];
        for (int i = 0; i < pairs.Length; i++) scale[i] = 1 / ValueAt(pairs[i], i);
        scale[^1] = 1 / ParityMatrix.Product(pairs)[0];
        Weight = ParityMatrix.Powers(pairs, hasZero, taps, scale);

        // The value at p of p's own row of Bᵀ.
        double ValueAt(double p, int i)
        {
            double others = 1;
            for (int j = 0; j < pairs.Length; j++)
            {
                if (j != i) others *= p * p - pairs[j] * pairs[j];
            }

            return 2 * (hasZero ? p * p : 1) * others;
        }
    }

    /// <summary>m: outputs along each side of a tile.</summary>
    internal int Outputs { get; }

    /// <summary>r: taps along each side of a filter.</summary>
    internal int Taps { get; }

    /// <summary>m + r − 1: inputs along each side of a tile, and points.</summary>
    internal int Points => Outputs + Taps - 1;

    /// <summary>Bᵀ: from inputs to points.</summary>
    internal ParityMatrix Input { get; }

    /// <summary>A: from outputs to points; its transpose goes from points to outputs.</summary>
    internal ParityMatrix Output { get; }

    /// <summary>G: from taps to points.</summary>
    internal ParityMatrix Weight { get; }

    /// <summary>F(<paramref name="outputs"/>, <paramref name="taps"/>), or null where no points are known for it.</summary>
    internal static WinogradTile? Find(int outputs, int taps)
    {
        foreach ((int m, int r, bool hasZero, double[] pairs, _) in Known)
        {
            if (m == outputs && r == taps) return new WinogradTile(m, r, hasZero, pairs);
        }

        return null;
    }

    /// <summary>The outputs of all tiles for <paramref name="taps"/> taps whose relative error is at most <paramref name="largestError"/>, in increasing order.</summary>
    internal static IEnumerable<int> Sizes(int taps, double largestError)
    {
        foreach ((int m, int r, _, _, double error) in Known)
        {
            if (r == taps && error <= largestError) yield return m;
        }
    }
}
