using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>y[n, c, i, j] = x at the point ((i + 1/2) H / H' - 1/2, (j + 1/2) W / W' - 1/2), interpolated between its four neighbours; points beyond the border are moved onto it.</summary>
internal sealed class ReferenceResizing(NetworkLayer place) : ReferenceLayer(place, slotCount: 0)
{
    internal override ReferenceTensor Forward(ReferenceTensor x, ReferencePass pass)
    {
        var y = new ReferenceTensor(x.N, OutputShape);
        for (int n = 0; n < y.N; n++)
            for (int c = 0; c < y.C; c++)
                for (int i = 0; i < y.H; i++)
                    for (int j = 0; j < y.W; j++)
                        foreach (var (row, column, share) in Neighbours(x, i, j)) y[n, c, i, j] += share * x[n, c, row, column];

        return y;
    }

    internal override ReferenceTensor Backward(ReferenceTensor x, ReferenceTensor dy, ReferencePass pass)
    {
        var dx = new ReferenceTensor(x.N, x.Shape);
        for (int n = 0; n < dy.N; n++)
            for (int c = 0; c < dy.C; c++)
                for (int i = 0; i < dy.H; i++)
                    for (int j = 0; j < dy.W; j++)
                        foreach (var (row, column, share) in Neighbours(x, i, j)) dx[n, c, row, column] += share * dy[n, c, i, j];

        return dx;
    }

    private IEnumerable<(int Row, int Column, double Share)> Neighbours(ReferenceTensor x, int i, int j)
    {
        foreach (var (row, down) in Nearest((i + 0.5) * x.H / OutputShape.Height - 0.5, x.H))
            foreach (var (column, across) in Nearest((j + 0.5) * x.W / OutputShape.Width - 0.5, x.W)) yield return (row, column, down * across);
    }

    private static (int Index, double Share)[] Nearest(double point, int length)
    {
        double inside = Math.Clamp(point, 0, length - 1);
        int before = (int)Math.Floor(inside);
        return [(before, before + 1 - inside), (Math.Min(before + 1, length - 1), inside - before)];
    }
}
